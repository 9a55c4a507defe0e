"""Weights of the claim reader on disk: bfloat16 safetensors of what was trained, without the word and position tables, which are the reader's."""

import json
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file
from torch import Tensor

from ingest.claims.network import KINDS, SLOTS, STANCES, ClaimNetwork
from ingest.reading.network import Shape

TABLES = ("words.weight", "positions.weight")
FRESH = ("span.", "judge.", "verdict.")


def starting_claim_network(reader: Path, *, weights: Path | None = None, dropout: float, seed: int) -> ClaimNetwork:
    """The encoder of the reading model in the folder `reader` under fresh heads, or, where `weights` names the folder of a claim model, that model."""
    torch.manual_seed(seed)
    network = ClaimNetwork(Shape(), dropout=dropout)
    state = {name: value.float() for name, value in load_file(reader / "model.safetensors").items() if not name.startswith(FRESH)}
    if weights is not None:
        known = {name: value.float() for name, value in load_file(weights / "model.safetensors").items()}
        network.load_state_dict({**known, **{name: state[name] for name in TABLES}})
        return network
    missing = network.load_state_dict(state, strict=False).missing_keys
    if any(not name.startswith(FRESH) for name in missing):
        raise ValueError(f"the reading model in {reader} lacks {', '.join(missing)}")
    return network


def write_claim_weights(folder: Path, state: dict[str, Tensor], shape: Shape, *, made_by: str) -> None:
    """Write weights and config into `folder`, for `ingest.claims.model` to open. made_by: the command, kept in the config."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "model.safetensors"
    save_file({name: value.to(torch.bfloat16).contiguous() for name, value in state.items() if name not in TABLES}, file)
    tables = sha256(b"".join(state[name].to(torch.bfloat16).view(torch.uint8).numpy().tobytes() for name in TABLES)).hexdigest()
    config = {
        "architecture": "BERT encoder with a tag head on every token and a sentence head on the mean of a sentence's tokens",
        "labels": {"tags": ["outside", "first", "further"], "slots": SLOTS, "stances": STANCES, "kinds": KINDS},
        "shape": asdict(shape),
        "sha256": sha256(file.read_bytes()).hexdigest(),
        "tables": "word and position embeddings of ingest/reading/model",
        "tables_sha256": tables,
        "made_by": made_by,
    }
    (folder / "config.json").write_text(json.dumps(config, indent=2) + "\n", encoding="utf-8")
