#!/usr/bin/env python3
"""Verifies a study's output folder without Althing's own program.

    python3 althing_verify.py DIR [--roster FILE] [--json]

Ends with 0 where the folder holds, 6 where it does not, 2 where the call is wrong. Needs Python 3.9
and the package cryptography (Debian, Ubuntu: apt-get install python3-cryptography); no network.

Written from docs/log-format.md and docs/output-folder.md. Everything read here may come from an
enemy: every length is bounded by the bytes that are there, and every value has one spelling.
"""

from __future__ import annotations

import argparse
import base64
import binascii
import contextlib
import hashlib
import json
import os
import re
import stat
import sys
import unicodedata
from fractions import Fraction
from pathlib import Path
from typing import Any, Dict, Iterator, List, NamedTuple, NoReturn, Optional, Set, Tuple

try:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
except ImportError:
    Ed25519PublicKey = None  # main() says what to install

VALID, USAGE, NOT_VALID = 0, 2, 6
MOST_FILES, MOST_BYTES, MOST_ENTRY_BYTES, MOST_TEXT_BYTES = 100_000, 1 << 30, 1 << 26, 1 << 20
MOST_HASHES, MOST_SIGNATURES, MOST_NODES = 63, 256, 200
MOST_RELEASES, MOST_BLOCKS, MOST_NUMBERS = 100, 10_000, 1 << 20
MOST_ATTEMPTS, MOST_SPARE, MOST_HOLDOUT = 3, 10, 50
PARTITIONS = ("ALL", "TRAIN", "HOLDOUT")
PICO = 10**12

NOT_CHECKED = (
    "that the plan follows from study.yaml and contract.yaml: 'althing verify' compiles it again;"
    " here all nodes' signatures on its digest stand for it",
    "that model.json, report.html and the findings in result.json follow from the sums:"
    " 'althing verify' recomputes them bit for bit",
    "that the confirmations speak of the very survivors listed: nobody can, the masked inputs are not in the folder",
)

# One line for each thing that is hashed or signed: its fields in order. A star makes a list.
FORMATS = {
    "log-entry/v1": "study:digest sequence:int previous:digest time:long event:bytes",
    "study-submitted/v1": "lead:text study:bytes contract:bytes roster:bytes plan:digest",
    "node-admitted/v1": "admission:bytes",
    "node-refused/v2": "refusal:bytes",
    "epoch-opened/v1": "epoch:int transcript:digest members:node*",
    "round-opened/v1": "release:int attempt:int epoch:int",
    "charged/v1": "statement:bytes",
    "released/v1": "release:int attempt:int survivors:node* total:digest transcript:digest confirmations:bytes*",
    "round-aborted/v1": "release:int attempt:int reason:text",
    "witnessed/v1": "note:text",
    "study-completed/v1": "",
    "study-stopped/v1": "reason:text",
    "report-issued/v1": "files:file*",
    "node-declared/v1": "declaration:bytes",
    "signed-statement/v1": "statement:bytes signature:bytes",
    "admission/v1": "node:node plan:digest roster:digest policy:digest reserved:rho",
    "refusal/v1": "node:node plan:digest reasons:reason*",
    "charge/v2": "node:node study:digest release:int attempt:int recoveries:int sequence:long head:digest"
    " before:position* spends:spend* gross:rho marginal:rho spent:rho",
    "declaration/v1": "node:node number:long time:long matter:bytes",
    "policy-changed/v1": "before:digest after:digest people:int renewals:renewal* reasons:text* consents:digest*",
    "erased/v1": "policy:digest lots:lot* salts:digest*",
    "incident/v1": "category:text occurred:long study:digest* text:digest",
    "declarations/v1": "",
    "confirmation-record/v1": "sender:node ctx:digest cohort:digest survivors:digest sealed_seeds:digest signature:bytes",
    "confirm/v1": "sender:node ctx:digest cohort:digest survivors:digest sealed_seeds:digest",
    "roster/v1": "nodes:int threshold:int colluders:int least_cohort:int least_survivors:int members:member*",
    "plan/v1": "study:digest contract:digest roster:digest holdout_percent:int spare_attempts:int releases:release*",
    "secagg-epoch/v1": "suite:text plan:digest epoch:int roster:digest",
    "secagg-round/v1": "epoch:digest keys:digest release:int attempt:int public_state:digest length:int",
    "public-state/v2": "history:text released:released*",
    "noisy-total/v1": "steps:long*",
}
GROUPS = {
    "file": "name:text digest:digest",
    "position": "sequence:long head:digest",
    "reason": "clause:text text:text",
    "spend": "population:digest spent:rho",
    "renewal": "population:digest before:rho after:rho",
    "lot": "kind:text until:long count:int list:digest",
    "member": "id:node key:bytes",
    "release": "name:text partition:text blocks:block* rows_per_unit:int honest_survivors:int sigmas:long*",
    "block": "name:text length:int scale:long record_l2_squared:long",
    "released": "release:int total:digest survivors:node*",
}
FORK = "althing/fork/v1"
RECEIPT = "c2sp.org/tlog-proof@v1"
EVENTS = tuple(label for label in list(FORMATS)[1:13])
CHARGES = ("charge/v2",)
MATTERS = ("policy-changed/v1", "erased/v1", "incident/v1")
CATEGORIES = ("CONFIDENTIALITY", "INTEGRITY", "AVAILABILITY", "OTHER")
DECLARED = re.compile(r"declared/([0-9]{4}|[1-9][0-9]{4,8})\.entry")
MOST_BEFORE = 16
SUITE = "x25519+mlkem768/hkdf-sha256/aes256-ctr/aes256-gcm/ed25519"
NODE_ID = re.compile(r"[a-z]([a-z0-9-]{0,61}[a-z0-9])?")
Value = Dict[str, Any]


class Fault(Exception):
    """What is wrong with the folder, and where."""


class Misuse(Exception):
    """What is wrong with the call."""


def require(holds: bool, otherwise: str) -> None:
    if not holds:
        raise Fault(otherwise)


@contextlib.contextmanager
def at(place: str) -> Iterator[None]:
    """Faults found inside are faults of this place."""
    try:
        yield
    except Fault as fault:
        raise Fault(f"{place}: {fault}") from None


# Canonical bytes.


def fields_of(text: str) -> List[Tuple[str, str]]:
    return [(name, kind) for name, kind in (field.split(":") for field in text.split())]


def sha256(*parts: bytes) -> bytes:
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part)
    return digest.digest()


def encode(label: str, values: Value) -> bytes:
    """The one byte string that stands for these values under this label."""
    return put("text", label) + b"".join(put(kind, values[name]) for name, kind in fields_of(FORMATS[label]))


def put(kind: str, value: Any) -> bytes:
    if kind.endswith("*"):
        return put("int", len(value)) + b"".join(put(kind[:-1], each) for each in value)
    if kind in GROUPS:
        return b"".join(put(inner, value[name]) for name, inner in fields_of(GROUPS[kind]))
    if kind == "int":
        return value.to_bytes(4, "big", signed=True)
    if kind in ("long", "rho"):
        return value.to_bytes(8, "big", signed=True)
    if kind == "digest":
        return value
    content = value if kind == "bytes" else value.encode("utf-8")
    return put("int", len(content)) + content


class Decoder:
    """Reads what encode() writes and nothing else."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.position = 0

    def malformed(self, why: str) -> NoReturn:
        raise Fault(f"{why} (at byte {self.position} of {len(self.data)})")

    def take(self, count: int) -> bytes:
        if not 0 <= count <= len(self.data) - self.position:
            self.malformed(f"expected {count} more bytes")
        self.position += count
        return self.data[self.position - count : self.position]

    def get(self, kind: str) -> Any:
        if kind.endswith("*"):
            count = self.get("int")
            if not 0 <= count <= len(self.data) - self.position:
                self.malformed(f"a list of {count} does not fit the bytes that remain")
            return [self.get(kind[:-1]) for _ in range(count)]
        if kind in GROUPS:
            return {name: self.get(inner) for name, inner in fields_of(GROUPS[kind])}
        if kind == "digest":
            return self.take(32)
        if kind in ("int", "long", "rho"):
            value = int.from_bytes(self.take(4 if kind == "int" else 8), "big", signed=True)
            if kind == "rho" and value < 0:
                self.malformed("a privacy cost is never negative")
            return value
        content = self.take(self.get("int"))
        if kind == "bytes":
            return content
        try:
            text = content.decode("utf-8")
        except UnicodeDecodeError:
            self.malformed("a string is not UTF-8")
        if kind == "node" and not NODE_ID.fullmatch(text):
            self.malformed("a node id is lower-case letters, digits and inner hyphens")
        return text


def decode(data: bytes, *labels: str) -> Value:
    """The values under one of these labels, and the label itself as "label"."""
    decoder = Decoder(data)
    label = decoder.get("text")
    if label not in labels:
        decoder.malformed(f"expected {' or '.join(labels) if len(labels) < 4 else 'an event'}")
    value = {name: decoder.get(kind) for name, kind in fields_of(FORMATS[label])}
    if decoder.position != len(data):
        decoder.malformed("bytes too many")
    value["label"] = label
    return value


# Ed25519 keys and signatures.

P = 2**255 - 19
D = -121665 * pow(121666, -1, P) % P
ORDER_8 = 0x05FC536D880238B13933C6D305ACDFD5F098EFF289F4C345B027B2C28F95E826


def is_key(key: bytes) -> bool:
    """Whether these are 32 canonical bytes of a point that is not of small order."""
    y = int.from_bytes(key, "little") & (2**255 - 1)
    if len(key) != 32 or y >= P or y in (0, 1, P - 1, ORDER_8, P - ORDER_8):
        return False
    x_squared = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    return pow(x_squared, (P - 1) // 2, P) == 1


class Signatures:
    """Verifies, and counts what held."""

    def __init__(self) -> None:
        self.verified = 0

    def hold(self, key: bytes, message: bytes, signature: bytes) -> bool:
        try:
            Ed25519PublicKey.from_public_bytes(key).verify(signature, message)
        except (InvalidSignature, ValueError):
            return False
        self.verified += 1
        return True


def fingerprint(content: bytes) -> str:
    return sha256(content).hex()[:8]


# Merkle trees: the recursive definitions of RFC 6962 §2.1.1 and §2.1.2, read backwards.


def leaf_hash(entry: bytes) -> bytes:
    return sha256(b"\x00", entry)


def node_hash(left: bytes, right: bytes) -> bytes:
    return sha256(b"\x01", left, right)


def split(size: int) -> int:
    """The largest power of two below a size of at least 2."""
    return 1 << ((size - 1).bit_length() - 1)


def root_by_path(index: int, size: int, leaf: bytes, path: List[bytes]) -> Optional[bytes]:
    if size == 1:
        return leaf if not path else None
    if not path:
        return None
    left = split(size)
    if index < left:
        below = root_by_path(index, left, leaf, path[:-1])
        return below and node_hash(below, path[-1])
    below = root_by_path(index - left, size - left, leaf, path[:-1])
    return below and node_hash(path[-1], below)


def is_included(index: int, size: int, leaf: bytes, path: List[bytes], root: bytes) -> bool:
    return 0 <= index < size and root_by_path(index, size, leaf, path) == root


def roots_by_path(
    old: int, new: int, path: List[bytes], known: Optional[bytes]
) -> Optional[Tuple[bytes, bytes]]:
    """Roots of both trees; known is the old root as long as the old tree is a whole left part."""
    if old == new:
        if known is not None:
            return (known, known) if not path else None
        return (path[0], path[0]) if len(path) == 1 else None
    if not path:
        return None
    left, sibling = split(new), path[-1]
    if old <= left:
        below = roots_by_path(old, left, path[:-1], known)
        return below and (below[0], node_hash(below[1], sibling))
    below = roots_by_path(old - left, new - left, path[:-1], None)
    return below and (node_hash(sibling, below[0]), node_hash(sibling, below[1]))


def is_consistent(old: int, new: int, path: List[bytes], old_root: bytes, new_root: bytes) -> bool:
    if old == 0:
        return not path and old_root == sha256() and (new > 0 or new_root == old_root)
    return 0 < old <= new and roots_by_path(old, new, path, old_root) == (old_root, new_root)


# Texts of the log: proofs, keys, notes, checkpoints. Every value has exactly one spelling.


def text_of(data: bytes) -> str:
    require(len(data) <= MOST_TEXT_BYTES, "a text is too long")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        raise Fault("expected UTF-8 text") from None
    require(all(c == "\n" or unicodedata.category(c) != "Cc" for c in text), "a control character in a text")
    return text


def lines_of(text: str, most: int) -> List[str]:
    require(text.endswith("\n"), "expected every line to end with a line feed")
    require(text.count("\n") <= most, f"expected at most {most} lines")
    return text[:-1].split("\n")


def number_of(text: str) -> int:
    require(bool(re.fullmatch(r"0|[1-9][0-9]{0,18}", text)), "expected decimal digits without a leading zero")
    require(int(text) < 2**63, "a number of more than 63 bits")
    return int(text)


def base64_of(text: str) -> bytes:
    try:
        content = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise Fault("expected base64") from None
    require(base64.b64encode(content).decode() == text, "base64 is not in its canonical form")
    return content


def hash_of(text: str) -> bytes:
    content = base64_of(text)
    require(len(content) == 32, f"a hash has 32 bytes, got {len(content)}")
    return content


def proof_of(data: bytes, first: str, second: str) -> Tuple[int, int, List[bytes]]:
    lines = lines_of(text_of(data), MOST_HASHES + 2)
    numbers = []
    for name, line in zip((first, second), lines):
        require(line.startswith(name + " "), f"expected a line '{name} <number>'")
        numbers.append(number_of(line[len(name) + 1 :]))
    require(len(numbers) == 2, f"expected the lines {first} and {second}")
    return numbers[0], numbers[1], [hash_of(line) for line in lines[2:]]


def is_key_name(name: str) -> bool:
    return name != "" and not any(c == "+" or c.isspace() or unicodedata.category(c)[0] in "Z" for c in name)


class NoteKey(NamedTuple):
    """What C2SP writes as a vkey: kind 1 signs as a log, kind 4 cosigns as a witness."""

    name: str
    kind: int
    key: bytes

    def id(self) -> bytes:
        return sha256(self.name.encode(), b"\n", bytes([self.kind]), self.key)[:4]

    @staticmethod
    def parse(text: str) -> "NoteKey":
        parts = text.split("+", 2)
        require(len(parts) == 3 and is_key_name(parts[0]), "a verifier key is name+id+key")
        material = base64_of(parts[2])
        require(len(material) == 33 and material[0] in (1, 4), "a verifier key has type 1 or 4 and 32 bytes")
        require(is_key(material[1:]), "a verifier key is no point of the curve")
        key = NoteKey(parts[0], material[0], material[1:])
        require(parts[1] == key.id().hex(), "the id of a verifier key is not its digest")
        return key


Line = NamedTuple("Line", [("name", str), ("id", bytes), ("signature", bytes)])


class Note(NamedTuple):
    """A C2SP signed note; its text means nothing before a key is found to have signed it."""

    text: str
    lines: List[Line]

    @staticmethod
    def parse(data: bytes) -> "Note":
        text, blank, signatures = text_of(data).rpartition("\n\n")
        require(blank != "", "a blank line parts a note's text from its signatures")
        lines = []
        for line in lines_of(signatures, MOST_SIGNATURES):
            parts = line.split(" ")
            require(len(parts) == 3 and parts[0] == "\u2014", "a signature line is a dash, a name and base64")
            content = base64_of(parts[2])
            require(is_key_name(parts[1]) and len(content) > 4, "a signature line is a name, an id and a signature")
            lines.append(Line(parts[1], content[:4], content[4:]))
        require(len(set(lines)) == len(lines), "a note carries one signature line twice")
        return Note(text + "\n", lines)

    def claims(self, key: NoteKey) -> List[Line]:
        return [line for line in self.lines if line.name == key.name and line.id == key.id()]

    def signed_by(self, key: NoteKey, signatures: Signatures) -> bool:
        """Whether a line claims the key, and every line that does is true."""
        claims = self.claims(key)
        return bool(claims) and all(self.is_true(line, key, signatures) for line in claims)

    def is_true(self, line: Line, key: NoteKey, signatures: Signatures) -> bool:
        message = self.text.encode()
        if key.kind == 1:
            return signatures.hold(key.key, message, line.signature)
        time = int.from_bytes(line.signature[:8], "big")
        if len(line.signature) != 72 or time >= 2**63:
            return False
        return signatures.hold(key.key, b"cosignature/v1\ntime %d\n" % time + message, line.signature[8:])


class Checkpoint(NamedTuple):
    origin: str
    size: int
    root: bytes

    @staticmethod
    def parse(text: str) -> "Checkpoint":
        lines = lines_of(text, 3)
        require(len(lines) == 3 and is_key_name(lines[0]), "a checkpoint is origin, size and root")
        checkpoint = Checkpoint(lines[0], number_of(lines[1]), hash_of(lines[2]))
        require(checkpoint.size > 0 or checkpoint.root == sha256(), "size and root contradict each other")
        return checkpoint


# Forks.


def fork(data: bytes, log: NoteKey, signatures: Signatures) -> str:
    """Why no one history has both checkpoints of what a node kept; a fault where it does not show that."""
    parts = text_of(data).split("\n\n")
    first, _, proof = parts[0].partition("\n")
    require(len(parts) == 5 and first == FORK, f"a fork's evidence is the line {FORK}, a proof and two signed notes")
    start, end, path = proof_of(f"{proof}\n".encode(), "from", "to")
    require(start <= end, "a log only grows")
    checkpoints = []
    for text, lines in ((parts[1], parts[2] + "\n"), (parts[3], parts[4])):
        note = Note.parse(f"{text}\n\n{lines}".encode())
        checkpoints.append(Checkpoint.parse(note.text))
        own = checkpoints[-1].origin == log.name and note.signed_by(log, signatures)
        require(own, f"the log with key {fingerprint(log.key)} did not sign both checkpoints")
    seen, refused = checkpoints
    if seen.size == refused.size and seen.root != refused.root:
        return f"the log told two histories: it signed two trees of {seen.size} entries with other roots"
    # Of a power of two entries the proof leaves the older root out: it says nothing of it.
    if (start, end) == (seen.size, refused.size) and start < end and start & (start - 1):
        roots = roots_by_path(start, end, path, seen.root)
        if roots is not None and roots[1] == refused.root and roots[0] != seen.root:
            later = f"one of {end} whose first {start} have another root"
            return f"the log told two histories: it signed a tree of {start} entries, and {later}"
    raise Fault("nothing here says that the one does not continue the other; a copy of the log decides")


# Receipts.


def receipt(data: bytes, log: NoteKey, signatures: Signatures) -> str:
    """What a receipt (C2SP tlog-proof, its entry as the extra line) shows; a fault where it shows nothing."""
    top, _, note_text = text_of(data).partition("\n\n")
    lines = lines_of(top + "\n", MOST_HASHES + 3)
    named = len(lines) > 2 and lines[1].startswith("extra ") and lines[2].startswith("index ")
    require(named and lines[0] == RECEIPT, f"a receipt is the lines {RECEIPT}, extra, index, its hashes, and a note")
    entry, index = base64_of(lines[1][len("extra ") :]), number_of(lines[2][len("index ") :])
    note = Note.parse(note_text.encode())
    tree = Checkpoint.parse(note.text)
    own = tree.origin == log.name and note.signed_by(log, signatures)
    path = [hash_of(line) for line in lines[3:]]
    held = own and is_included(index, tree.size, leaf_hash(entry), path, tree.root)
    unsigned = f"the log with key {fingerprint(log.key)} did not sign a tree with this entry in place {index}"
    require(held, unsigned)
    told = decode(entry, "log-entry/v1")
    of = f"number {told['sequence']} of {told['study'].hex()[:8]}"
    return f"entry in place {index} of the {tree.size} of {tree.origin}, {of}, signed by log key {fingerprint(log.key)}"


def verify_file(file: Path, key: Path) -> "Verification":
    """What a node kept of the log: a receipt, or a fork."""
    done = Verification({}, None)
    done.check = "fork"
    try:
        log = NoteKey.parse(read(key, key.stat().st_size).decode("utf-8", "replace").strip())
        require(log.kind == 1, "the key given is no log's")
        data = read(file, file.stat().st_size)
        judge = fork
        if data.startswith(f"{RECEIPT}\n".encode()):
            done.check, judge = "receipt", receipt
        done.holds(judge(data, log, done.signatures), "")
    except Fault as fault:
        done.fault = printable(str(fault))
    return done


# Rosters.


class Roster:
    """The members, their keys and the numbers that a round must respect."""

    def __init__(self, encoded: bytes) -> None:
        self.encoded, self.digest = encoded, sha256(encoded)
        value = decode(encoded, "roster/v1")
        n, t, c, m, u = (value[name] for name, _ in fields_of(FORMATS["roster/v1"])[:5])
        ids = [member["id"] for member in value["members"]]
        self.keys: Dict[str, bytes] = {member["id"]: member["key"] for member in value["members"]}
        require(3 <= n <= MOST_NODES and len(ids) == n, "a roster lists as many members as it says, 3 to 200")
        require(ids == sorted(set(ids)), "the members of a roster ascend by id")
        require(len(set(self.keys.values())) == n, "two members of a roster share a key")
        require(all(is_key(key) for key in self.keys.values()), "a member's key is no point of the curve")
        require(t <= n and c >= 0 and 2 * t > n + c, "two survivor sets could both be confirmed")
        require(3 <= m <= n and t <= u <= n and u - c >= 2, "a cohort or a survivor set may be too small")
        self.threshold, self.colluders, self.honest, self.least_confirmed = t, c, u - c, max(t, m, u)
        # So many must cosign that two conflicting checkpoints share an honest witness.
        self.quorum = (n + c) // 2 + 1


def roster_of_document(text: str) -> bytes:
    """The canonical bytes of a roster file: YAML in block style, a key and a value a line."""
    top: Dict[str, str] = {}
    quorum: Dict[str, str] = {}
    members: List[Dict[str, str]] = []
    section = ""
    for number, raw in enumerate(text.splitlines(), 1):
        line = re.sub(r"(^|\s)#.*", "", raw).rstrip()
        match = re.fullmatch(r'( *)(- )?([a-z_]+):(?: +"?([A-Za-z0-9/.-]+)"?)?', line)
        if line in ("", "---"):
            continue
        if not match:
            raise Misuse(f"line {number} of the roster is not 'key: value'; write it in block style, a key a line")
        indent, dash, key, value = match.groups()
        if not indent and not dash:
            section = key
        elif dash and section == "members":
            members.append({})
        is_top = not indent and not dash or section == "members" and not members
        into = top if is_top else quorum if section == "quorum" else members[-1] if members else top
        if key in into or (into is not top and not value):
            raise Misuse(f"line {number} of the roster has no place there")
        into[key] = value
    n = len(members)
    try:
        given = {key: int(value) for key, value in quorum.items()}
        t = given.pop("threshold", min(n, 2 * n // 3 + 1))
        numbers = {"nodes": n, "threshold": t, "colluders": max(0, min(1, 2 * t - n - 1))}
        numbers.update({"least_cohort": max(3, t), "least_survivors": t})
        pairs = sorted((member.pop("id"), bytes.fromhex(member.pop("key"))) for member in members)
        known = top.pop("althing", "") == "roster/v1" and set(top) <= {"quorum", "members"}
        known = known and set(given) <= set(numbers) - {"nodes", "threshold"}
        require(known and not any(members), "expected althing: roster/v1, quorum, members, and their fields alone")
        listed = [{"id": node, "key": key} for node, key in pairs]
        return Roster(encode("roster/v1", {**numbers, **given, "members": listed})).encoded
    except (KeyError, ValueError, OverflowError, Fault) as error:
        raise Misuse(f"the roster does not hold: {error}") from None


# The folder.


def load(folder: Path) -> Dict[str, bytes]:
    """Every file below the folder by its name. Links are refused, they could lead anywhere."""
    files: Dict[str, bytes] = {}
    total = 0
    pending = [""]
    while pending:
        prefix = pending.pop()
        for entry in os.scandir(folder / prefix):
            name = prefix + entry.name
            if entry.is_dir(follow_symlinks=False):
                require(name in ("log", "releases", "declared"), f"a folder too many: {name}")
                pending.append(name + "/")
                continue
            require(entry.is_file(follow_symlinks=False), f"{name} is a link or no regular file")
            require(len(files) < MOST_FILES, f"the folder has more than {MOST_FILES} files")
            total += entry.stat(follow_symlinks=False).st_size
            require(total <= MOST_BYTES, f"the folder has more than {MOST_BYTES} bytes")
            files[name] = read(folder / name, entry.stat(follow_symlinks=False).st_size)
    return files


def read(path: Path, size: int) -> bytes:
    """The bytes of a regular file of this size; it may have been exchanged since it was listed."""
    flags = sum(getattr(os, name, 0) for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_BINARY"))
    handle = os.open(path, os.O_RDONLY | flags)
    with os.fdopen(handle, "rb") as file:
        require(stat.S_ISREG(os.fstat(handle).st_mode), f"{path.name} is no regular file")
        content = file.read(size + 1)
    require(len(content) == size, f"{path.name} changes while it is read")
    return content


class Entry(NamedTuple):
    """A log entry of the study, with its event decoded."""

    name: str
    encoded: bytes
    study: bytes
    event: Value

    def is_a(self, *labels: str) -> bool:
        return self.event["label"] in labels


def chain(files: Dict[str, bytes]) -> List[Entry]:
    """The entries of one study from its submission to its report, each naming the one before."""
    entries: List[Entry] = []
    previous = sha256()
    while (name := f"log/{len(entries):04d}") + ".entry" in files:
        with at(name + ".entry"):
            encoded = files[name + ".entry"]
            require(len(encoded) <= MOST_ENTRY_BYTES, "it is too long")
            value = decode(encoded, "log-entry/v1")
            event = decode(value["event"], *EVENTS)
            follows = value["sequence"] == len(entries) and value["previous"] == previous
            follows = follows and (not entries or value["study"] == entries[0].study)
            require(follows, "it does not follow the entry before")
            is_first = event["label"] == "study-submitted/v1"
            require(is_first == (not entries), "a study's first entry is its submission, and no other is")
            entries.append(Entry(name, encoded, value["study"], event))
            previous = sha256(encoded)
    require(bool(entries), "there is no log/0000.entry")
    require(entries[-1].is_a("report-issued/v1"), "the last entry must issue the report")
    ends = [entry for entry in entries if entry.is_a("study-completed/v1", "study-stopped/v1")]
    require(len(ends) == 1 and ends[0] is entries[-2], "the study ends once, right before its report")
    require(sum(e.is_a("report-issued/v1") for e in entries) == 1, "the report is issued once")
    return entries


def declared_numbers(files: Dict[str, bytes]) -> List[int]:
    """The numbers of the members' declarations that lie beside the study's entries."""
    return sorted(int(match.group(1)) for match in map(DECLARED.fullmatch, files) if match)


def check_files(files: Dict[str, bytes], entries: List[Entry]) -> Dict[str, bytes]:
    """That the files are those that the log speaks of; answers the issued ones' digests."""
    listed = [(file["name"], file["digest"]) for file in entries[-1].event["files"]]
    order = [name.encode("utf-16-be") for name, _ in listed]
    require(order == sorted(set(order)), "the names in the report's entry do not ascend")
    issued = dict(listed)
    expected = set(issued) | {"log/key", "log/checkpoint"}
    for entry in entries:
        expected |= {entry.name + ".entry", entry.name + ".proof"}
        if entry.is_a("witnessed/v1"):
            expected.add(entry.name + ".consistency")
    for number in declared_numbers(files):
        expected |= {f"declared/{number:04d}.entry", f"declared/{number:04d}.proof"}
    for name in sorted(set(files) - expected):
        raise Fault(f"a file too many: {name}")
    for name in sorted(expected - set(files)):
        raise Fault(f"a file is missing: {name}")
    for name, digest in issued.items():
        require(sha256(files[name]) == digest, f"{name} is not the file that the log names: its SHA-256 differs")
    return issued


def matter(encoded: bytes) -> None:
    """That what is declared is one of the known things, and whole."""
    value = decode(encoded, *MATTERS)
    if value["label"] == "policy-changed/v1":
        require(value["people"] == len(value["consents"]), "everybody who agreed has one commitment")
    elif value["label"] == "erased/v1":
        require(bool(value["lots"]), "whoever erased nothing has nothing to declare")
    else:
        require(value["category"] in CATEGORIES, "an incident of no category")
        require(len(value["study"]) <= 1, "an incident concerns one study at most")


# The plan, as result.json tells it.


Release = NamedTuple("Release", [("name", str), ("partition", str), ("length", int), ("rho", int)])


class Plan(NamedTuple):
    digest: bytes
    releases: List[Release]
    spare_attempts: int

    def cost(self) -> int:
        on = {part: sum(r.rho for r in self.releases if r.partition == part) for part in PARTITIONS}
        return on["ALL"] + max(on["TRAIN"], on["HOLDOUT"])

    def reservation(self) -> int:
        """What a node sets aside: the cost, and the dearest release once more per spare attempt."""
        return self.cost() + max(r.rho for r in self.releases) * self.spare_attempts


def unique(pairs: List[Tuple[str, Any]]) -> Dict[str, Any]:
    require(len({key for key, _ in pairs}) == len(pairs), "a key stands twice in one object")
    return dict(pairs)


def whole_number(digits: str) -> Any:
    """Numbers beyond 64 bits are none of ours, and reading them exactly costs their length squared."""
    return int(digits) if len(digits) <= 20 else float(digits)


def json_of(data: bytes) -> Dict[str, Any]:
    try:
        value = json.loads(data.decode("utf-8"), object_pairs_hook=unique, parse_int=whole_number)
    except (ValueError, RecursionError):
        raise Fault("expected JSON in UTF-8") from None
    require(isinstance(value, dict), "expected one JSON object")
    return value


# The fields of a block as result.json names them.
TOLD_AS = {
    "name": "name",
    "length": "numbers",
    "scale": "steps_per_unit",
    "record_l2_squared": "record_l2_squared_steps",
}


def plan_of(result: Dict[str, Any], submission: Value, roster: Roster) -> Plan:
    """The plan with the submitted digest, put together again from result.json's own account of it.

    Two small numbers are not in result.json, the held-out share and the spare attempts; the digest
    tells which they are.
    """
    try:
        privacy, cleaning = result["study"]["privacy"], result["study"].get("cleaning", {})
        rows = int.__mul__(privacy["rows_per_unit"], cleaning.get("stability", 1))
        specs = []
        for told in result["plan"]["releases"]:
            spec = dict(name=told["name"], partition=told["records"], rows_per_unit=rows)
            blocks = [{inner: block[outer] for inner, outer in TOLD_AS.items()} for block in told["blocks"]]
            sigmas = [block["sigma_per_node_steps"] for block in told["blocks"]]
            specs.append({**spec, "honest_survivors": roster.honest, "blocks": blocks, "sigmas": sigmas})
        head = {name: sha256(submission[name]) for name in ("study", "contract", "roster")}
        whole = encode("plan/v1", {**head, "holdout_percent": 0, "spare_attempts": 0, "releases": specs})
    except (KeyError, TypeError, AttributeError, OverflowError, UnicodeEncodeError):
        raise Fault("result.json does not tell the plan's releases") from None
    before = len(put("text", "plan/v1")) + 3 * 32
    for holdout in range(MOST_HOLDOUT + 1):
        for spare in range(MOST_SPARE + 1):
            numbers = put("int", holdout) + put("int", spare)
            if sha256(whole[:before], numbers, whole[before + 8 :]) == submission["plan"]:
                require(1 <= len(specs) <= MOST_RELEASES, f"a plan has 1 to {MOST_RELEASES} releases")
                return Plan(submission["plan"], [release_of(spec) for spec in specs], spare)
    raise Fault("the plan that result.json tells of is not the one in the log")


def release_of(spec: Dict[str, Any]) -> Release:
    """A planned release with its price: Σ Δ² / (2·h·σ²) rounded up to pico-ρ, and one pico-ρ."""
    rho = Fraction(0)
    length = sum(block["length"] for block in spec["blocks"])
    known = spec["partition"] in PARTITIONS and spec["rows_per_unit"] > 0
    require(known and len(spec["blocks"]) <= MOST_BLOCKS and length <= MOST_NUMBERS, "a release is none")
    for block, sigma in zip(spec["blocks"], spec["sigmas"]):
        require(sigma >= 8 and block["length"] > 0 and block["record_l2_squared"] > 0, "a block without noise")
        bound = block["record_l2_squared"] * spec["rows_per_unit"] ** 2
        rho += Fraction(bound * PICO, 2 * spec["honest_survivors"] * sigma * sigma)
    return Release(spec["name"], spec["partition"], length, -(-rho.numerator // rho.denominator) + 1)


def rho_text(pico: int) -> str:
    return f"{pico // PICO}.{pico % PICO:012d}".rstrip("0").rstrip(".")


def sum_name(index: int, name: str) -> str:
    return f"releases/{index + 1:02d}-{re.sub('[^a-z0-9]+', '-', name.lower())}.sum"


# The course of a study: who consented, what was tried, who paid, what came out.


Attempt = NamedTuple("Attempt", [("release", int), ("attempt", int), ("epoch", int)])


def is_one_ledger(before: Optional[Value], charge: Value) -> bool:
    """Whether a charge follows another one of the same ledger, as far as both tell of it."""
    places = [each["sequence"] for each in charge["before"]] + [charge["sequence"]]
    ascends = places[0] >= 1 and all(low < high for low, high in zip(places, places[1:]))
    names = [each["population"] for each in charge["spends"]]
    sound = ascends and len(places) <= MOST_BEFORE + 1 and names == sorted(set(names))
    if not sound or before is None or charge["recoveries"] < before["recoveries"]:
        return sound and before is None
    if charge["recoveries"] > before["recoveries"]:
        spent = {each["population"]: each["spent"] for each in charge["spends"]}
        return all(spent.get(each["population"], 0) >= each["spent"] for each in before["spends"])
    if charge["sequence"] <= before["sequence"]:
        return False
    place = {"sequence": before["sequence"], "head": before["head"]}
    all_named = len(charge["before"]) < MOST_BEFORE
    return place in charge["before"] or (not all_named and before["sequence"] < places[0])


class Course:
    """Follows the entries in order; raises at the first that a true coordinator would not write."""

    def __init__(self, plan: Plan, roster: Roster, signatures: Signatures) -> None:
        self.plan = plan
        self.roster = roster
        self.signatures = signatures
        self.admitted: Set[str] = set()
        self.epochs: Dict[int, Value] = {}
        self.history: Optional[Note] = None
        self.under: Dict[Attempt, Optional[Note]] = {}
        self.open: Optional[Attempt] = None
        self.last_attempt = 0
        self.payers: Set[str] = set()
        self.last_charge: Dict[str, Value] = {}
        self.paid: Dict[str, int] = {}
        self.charges: List[Value] = []
        self.releases: List[Tuple[Attempt, Value]] = []

    def signed(self, data: bytes, *labels: str) -> Value:
        wrapper = decode(data, "signed-statement/v1")
        statement = decode(wrapper["statement"], *labels)
        key = self.roster.keys.get(statement["node"])
        held = key is not None and self.signatures.hold(key, wrapper["statement"], wrapper["signature"])
        require(held, f"the statement of {statement['node']} is not signed by that member")
        return statement

    def consent(self, event: Value) -> None:
        if event["label"] == "round-opened/v1":
            missing = sorted(set(self.roster.keys) - self.admitted)
            require(not missing, f"a round begins without the admission of {', '.join(missing)}")
        if event["label"] == "node-refused/v2":
            refusal = self.signed(event["refusal"], "refusal/v1")
            said = refusal["plan"] == self.plan.digest and bool(refusal["reasons"])
            require(said, f"{refusal['node']} refused another plan, or for no reason")
        if event["label"] != "node-admitted/v1":
            return
        admission = self.signed(event["admission"], "admission/v1")
        node = admission["node"]
        same = admission["plan"] == self.plan.digest and admission["roster"] == self.roster.digest
        require(same, f"{node} admitted another plan or another roster")
        require(admission["reserved"] >= self.plan.reservation(), f"{node} set aside less than the plan may cost")
        require(node not in self.admitted, f"{node} admitted twice")
        self.admitted.add(node)

    def follow(self, event: Value) -> None:
        label = event["label"]
        if label == "epoch-opened/v1":
            members = event["members"]
            require(event["epoch"] > max(self.epochs, default=0), "a key set-up is out of order")
            known = members == sorted(set(members)) and set(members) <= set(self.roster.keys)
            require(known, "its members are not the roster's")
            self.epochs[event["epoch"]] = event
            self.open = None  # A crash may have cut an attempt off: without its keys nobody goes on with it.
        elif label == "witnessed/v1":
            self.history = Note.parse(event["note"].encode("utf-8"))
        elif label == "round-opened/v1":
            self.begin(Attempt(event["release"], event["attempt"], event["epoch"]))
        elif label == "charged/v1":
            self.charge(self.signed(event["statement"], *CHARGES))
        elif label in ("released/v1", "round-aborted/v1"):
            is_open = self.open is not None and self.open[:2] == (event["release"], event["attempt"])
            require(is_open, "it ends an attempt that is not under way")
            if label == "released/v1":
                self.release(event)
            self.open = None

    def begin(self, attempt: Attempt) -> None:
        require(attempt.epoch in self.epochs, "a round begins without keys")
        next_one = attempt.release == len(self.releases) < len(self.plan.releases)
        require(next_one and self.last_attempt < attempt.attempt <= MOST_ATTEMPTS, "a round is out of order")
        self.open, self.last_attempt, self.payers = attempt, attempt.attempt, set()
        self.under[attempt] = self.history

    def charge(self, charge: Value) -> None:
        node, before = charge["node"], self.last_charge.get(charge["node"])
        is_open = self.open is not None and charge["study"] == self.plan.digest
        is_open = is_open and self.open[:2] == (charge["release"], charge["attempt"])
        require(is_open, f"a charge of {node} is for no attempt that is under way")
        release = self.plan.releases[charge["release"]]
        gross, marginal, spent = charge["gross"], charge["marginal"], charge["spent"]
        require(gross == release.rho, f"{node} was charged another price than the plan's")
        adds = marginal == gross if release.partition == "ALL" else marginal <= gross
        require(adds, f"what {node} says the release adds to its spend is not what it costs")
        require(node not in self.payers, f"{node} paid twice for one attempt")
        require(is_one_ledger(before, charge), f"the ledger entries of {node} are out of order")
        least = (before["spent"] if before else 0) + marginal
        same = before is not None and charge["recoveries"] == before["recoveries"]
        exact = same and charge["sequence"] == before["sequence"] + 1
        require(spent == least if exact else spent >= least, f"the spend of {node} does not add up")
        self.paid[node] = self.paid.get(node, 0) + marginal
        require(self.paid[node] <= self.plan.reservation(), f"{node} was charged more than it set aside")
        self.payers.add(node)
        self.last_charge[node] = charge
        self.charges.append(charge)

    def release(self, event: Value) -> None:
        assert self.open is not None
        for node in event["survivors"]:
            require(node in self.payers, f"the sum holds that of {node}, which had not paid for it")
        self.releases.append((self.open, event))
        self.last_attempt = 0

    def context(self, index: int) -> bytes:
        """What every message of the attempt that gave a release was bound to."""
        attempt = self.releases[index][0]
        plan, roster = self.plan.digest, self.roster.digest
        epoch = encode("secagg-epoch/v1", dict(suite=SUITE, plan=plan, epoch=attempt.epoch, roster=roster))
        history, released = self.under[attempt], [event for _, event in self.releases[:index]]
        before = encode("public-state/v2", {"history": history.text if history else "", "released": released})
        keys, length = self.epochs[attempt.epoch]["transcript"], self.plan.releases[index].length
        values = dict(attempt._asdict(), epoch=sha256(epoch), keys=keys, public_state=sha256(before), length=length)
        return sha256(encode("secagg-round/v1", values))

    def is_witnessed(self, history: Optional[Note]) -> bool:
        """Whether so many cosigned that nobody can have been shown another history by as many."""
        keys = [NoteKey(node, 4, key) for node, key in self.roster.keys.items()]
        return history is not None and sum(bool(history.claims(key)) for key in keys) >= self.roster.quorum

    def confirmed(self, index: int) -> int:
        """That a quorum of those in a sum signed one survivor set of this very attempt."""
        attempt, event = self.releases[index]
        context, sets, senders, survivors = self.context(index), set(), set(), event["survivors"]
        enough = len(survivors) >= self.roster.least_confirmed and survivors == sorted(set(survivors))
        enough = enough and set(survivors) <= set(self.epochs[attempt.epoch]["members"])
        require(enough, "its survivors are not enough members of the round")
        bound = self.is_witnessed(self.under[attempt])
        require(bound, "its round was opened under no checkpoint that a quorum cosigned")
        for record in event["confirmations"]:
            header = decode(record, "confirmation-record/v1")
            sender = header["sender"]
            own = sender in survivors and sender not in senders
            message = encode("confirm/v1", header)
            own = own and self.signatures.hold(self.roster.keys[sender], message, header["signature"])
            require(own, f"the confirmation of {sender} is not a survivor's own")
            same = header["ctx"] == context
            require(same, f"the confirmation of {sender} is of another attempt than the log tells")
            senders.add(sender)
            sets.add((header["cohort"], header["survivors"]))
        needed, found = self.roster.threshold, f"{len(senders)} confirmed {len(sets)} sets"
        require(len(sets) == 1 and len(senders) >= needed, f"{found}, {needed} of one are needed")
        return len(senders)


# The whole.


class Verification:
    """The checks of docs/output-folder.md in their order; stops at the first that does not hold."""

    def __init__(self, files: Dict[str, bytes], pinned: Optional[bytes]) -> None:
        self.files = files
        self.pinned = pinned
        self.signatures = Signatures()
        self.proofs = 0
        self.held: List[Tuple[str, str]] = []
        self.check = "chain"
        self.fault: Optional[str] = None

    def run(self) -> "Verification":
        try:
            self.checks()
        except Fault as fault:
            self.fault = printable(str(fault))
        return self

    def holds(self, finding: str, following: str) -> None:
        self.held.append((self.check, finding))
        self.check = following

    def checks(self) -> None:
        entries = chain(self.files)
        self.holds(f"{len(entries)} entries, each naming the one before", "files")
        issued = check_files(self.files, entries)
        self.holds(f"{len(self.files)} files, the set and the digests that the log names", "log")
        key, note, final = self.log(entries)
        grew = f"every entry is in the log of {final.size} entries, which only grew"
        self.holds(f"{grew}; log key {fingerprint(key.key)}", "plan")
        submission = entries[0].event
        with at("the roster in log/0000.entry"):
            roster = Roster(submission["roster"])
        plan, result = self.plan(entries, roster)
        told = f"as result.json tells it, the one that was submitted: {plan.digest.hex()[:8]}"
        self.holds(f"{told}; roster {roster.digest.hex()[:8]}", "checkpoint")
        cosigners = self.cosigners(entries, key, note, roster)
        self.holds(f"signed by the log and cosigned by {cosigners} of {len(roster.keys)} nodes", "declared")
        declared = self.declared(final, roster)
        self.holds(f"{declared} declarations of members, each signed and in the log", "admissions")
        course = Course(plan, roster, self.signatures)
        self.course(course, entries)
        confirmations = 0
        for index in range(len(course.releases)):
            with at(f"release {index + 1}"):
                confirmations += course.confirmed(index)
        self.holds(f"{confirmations} signed confirmations: of each sum by a quorum of those in it", "releases")
        self.sums(course, entries, issued)
        self.holds(f"{len(course.releases)} sums have the logged digests and the planned lengths", "account")
        self.account(course, entries, result)
        self.holds("result.json repeats plan, prices, charges and digests of the log", "")

    def log(self, entries: List[Entry]) -> Tuple[NoteKey, Note, Checkpoint]:
        with at("log/key"):
            key = NoteKey.parse(lines_of(text_of(self.files["log/key"]), 1)[0])
            require(key.kind == 1, "it is none that signs a log")
        with at("log/checkpoint"):
            note = Note.parse(self.files["log/checkpoint"])
            final = Checkpoint.parse(note.text)
            require(final.origin == key.name, "it is another log's than the key")
            require(note.signed_by(key, self.signatures), "the log's signature is not true")
        last = -1
        for entry in entries:
            with at(entry.name + ".proof"):
                index, size, path = proof_of(self.files[entry.name + ".proof"], "index", "size")
                held = size == final.size and is_included(index, size, leaf_hash(entry.encoded), path, final.root)
                require(held, "it does not show its entry in the log")
                require(index > last, "the entries are out of order in the log")
                last = index
                self.proofs += 1
            if entry.is_a("witnessed/v1"):
                self.beginning(entry, index, key, final)
        return key, note, final

    def beginning(self, entry: Entry, index: int, key: NoteKey, final: Checkpoint) -> None:
        with at(entry.name + ".entry"):
            note = Note.parse(entry.event["note"].encode("utf-8"))
            begun = Checkpoint.parse(note.text)
            ours = begun.origin == final.origin and begun.size <= index and note.signed_by(key, self.signatures)
            require(ours, "it holds a checkpoint that is not this log's")
        with at(entry.name + ".consistency"):
            old, new, path = proof_of(self.files[entry.name + ".consistency"], "from", "to")
            held = (old, new) == (begun.size, final.size) and is_consistent(old, new, path, begun.root, final.root)
            require(held, "it does not show that the log only grew")
            self.proofs += 1

    def declared(self, final: Checkpoint, roster: Roster) -> int:
        """What members declared of themselves: signed, in the log in this order, numbers ascending."""
        numbers, last, counts = declared_numbers(self.files), -1, {node: 0 for node in roster.keys}
        for number in numbers:
            name = f"declared/{number:04d}"
            with at(name + ".entry"):
                encoded = self.files[name + ".entry"]
                value = decode(encoded, "log-entry/v1")
                its_own = value["study"] == sha256(encode("declarations/v1", {})) and value["sequence"] == number
                require(its_own, "it is another entry than its name says")
                signed = decode(decode(value["event"], "node-declared/v1")["declaration"], "signed-statement/v1")
                said = decode(signed["statement"], "declaration/v1")
                matter(said["matter"])
                key = roster.keys.get(said["node"], b"")
                require(self.signatures.hold(key, signed["statement"], signed["signature"]), "not signed by a member")
                require(said["number"] > counts[said["node"]], "the numbers of a member ascend")
                counts[said["node"]] = said["number"]
            with at(name + ".proof"):
                index, size, path = proof_of(self.files[name + ".proof"], "index", "size")
                held = size == final.size and is_included(index, size, leaf_hash(encoded), path, final.root)
                require(held and index > last, "it does not show its entry in the log, in its order")
                last = index
                self.proofs += 1
        return len(numbers)

    def plan(self, entries: List[Entry], roster: Roster) -> Tuple[Plan, Dict[str, Any]]:
        submission = entries[0].event
        require(self.pinned in (None, roster.encoded), "the roster in the log is not the one you gave with --roster")
        for name in ("study.yaml", "contract.yaml", "result.json", "report.html"):
            require(name in self.files, f"a file is missing: {name}")
        for name in ("study", "contract"):
            same = submission[name] == self.files[name + ".yaml"]
            require(same, "the study or the contract is not the one submitted")
        require(submission["plan"] == entries[0].study, "the study's entries name another plan than was submitted")
        with at("result.json"):
            result = json_of(self.files["result.json"])
        return plan_of(result, submission, roster), result

    def cosigners(self, entries: List[Entry], key: NoteKey, final: Note, roster: Roster) -> int:
        witnessed = [entry for entry in entries if entry.is_a("witnessed/v1")]
        notes = [(f"the checkpoint in {e.name}.entry", Note.parse(e.event["note"].encode())) for e in witnessed]
        count = 0
        for place, note in notes + [("log/checkpoint", final)]:
            count, known = 0, set(note.claims(key))
            for node, public in roster.keys.items():
                member = NoteKey(node, 4, public)
                claims = note.claims(member)
                true = not claims or len(claims) == 1 and note.signed_by(member, self.signatures)
                require(true, f"the cosignature of {node} on {place} is not true")
                count += len(claims)
                known.update(claims)
            for line in note.lines:
                require(line in known, f"{place} carries a line of {line.name}, who is not in the roster")
        found = f"the final checkpoint has {count} cosignatures"
        require(count >= roster.quorum, f"{found}, {roster.quorum} are needed")
        return count

    def course(self, course: Course, entries: List[Entry]) -> None:
        for step in (course.consent, course.follow):
            for entry in entries:
                with at(entry.name + ".entry"):
                    step(entry.event)
            if step == course.consent:
                self.holds(f"{len(course.admitted)} nodes signed their consent to this plan", "charges")
        paid = f"{len(course.charges)} charges, each signed, at the plan's price, before its release"
        self.holds(paid, "confirmations")

    def sums(self, course: Course, entries: List[Entry], issued: Dict[str, bytes]) -> None:
        complete = entries[-2].is_a("study-completed/v1")
        all_out = len(course.releases) == len(course.plan.releases)
        require(all_out or not complete, "the study says it is complete, but not every release is in the log")
        expected = {"study.yaml", "contract.yaml", "result.json", "report.html"}
        for index, (_, event) in enumerate(course.releases):
            name, length = sum_name(index, course.plan.releases[index].name), course.plan.releases[index].length
            require(name in self.files, f"the file {name} is missing")
            content = self.files[name]
            require(len(content) == 8 * length, f"{name} has {len(content)} bytes, the plan says {length} numbers")
            digest = sha256(put("text", "noisy-total/v1"), put("int", length), content)
            require(digest == event["total"], f"{name} is not the sum that was released")
            expected.add(name)
        for name in sorted(set(issued) - expected - ({"model.json"} if complete else set())):
            raise Fault(f"the log issues {name}, which no study has")

    def account(self, course: Course, entries: List[Entry], result: Dict[str, Any]) -> None:
        """That result.json repeats what the log proves; its findings are not looked at."""
        roster, plan, submission = course.roster, course.plan, entries[0].event
        state = "completed" if entries[-2].is_a("study-completed/v1") else "stopped"
        facts: List[Tuple[str, Any]] = [
            ("state", state),
            ("study lead", submission["lead"]),
            ("study digest", sha256(submission["study"]).hex()),
            ("study contract digest", sha256(submission["contract"]).hex()),
            ("plan digest", plan.digest.hex()),
            ("plan nodes", len(roster.keys)),
            ("plan threshold", roster.threshold),
            ("plan colluders", roster.colluders),
            ("plan least_survivors", roster.least_confirmed),
            ("plan cost rho", rho_text(plan.cost())),
            ("plan members", [{"node": node, "key": key.hex()} for node, key in roster.keys.items()]),
        ]
        for i, release in enumerate(plan.releases):
            facts.append((f"plan releases {i} rho", rho_text(release.rho)))
            facts.append((f"plan releases {i} released", i < len(course.releases)))
        for i, (_, event) in enumerate(course.releases):
            facts.append((f"plan releases {i} total", event["total"].hex()))
            facts.append((f"plan releases {i} survivors", len(event["survivors"])))
        for i, charge in enumerate(course.charges):
            facts += [(f"charges {i} {name}", charge[name]) for name in ("node", "release", "attempt")]
            facts.append((f"charges {i} rho", rho_text(charge["gross"])))
            facts.append((f"charges {i} rho_added", rho_text(charge["marginal"])))
        for place, fact in facts:
            told = at_place(result, place)
            same = type(told) is type(fact) and told == fact
            require(same, f"result.json, {place}: it is not what the log tells")
        more = at_place(result, f"charges {len(course.charges)}")
        require(more is None, "result.json, charges: more than the log tells")
        require(("model" in result) == ("model.json" in self.files), "result.json and model.json contradict each other")


def at_place(value: Any, place: str) -> Any:
    """What stands at "key key index key"; None where nothing does."""
    for step in place.split(" "):
        if isinstance(value, list):
            value = value[int(step)] if step.isdecimal() and int(step) < len(value) else None
        else:
            value = value.get(step) if isinstance(value, dict) else None
    return value


def printable(text: str) -> str:
    """One line that moves no cursor: names and texts of a folder are not ours."""
    clean = "".join(c if c == " " or c.isprintable() else "\ufffd" for c in text)
    return clean if len(clean) <= 1000 else clean[:999] + "\u2026"


def text_report(folder: str, done: Verification) -> str:
    lines = [f"\u2714 {name:<13} {finding}" for name, finding in done.held]
    if done.fault is not None:
        return "\n".join(lines + [f"\u2716 {done.check:<13} {done.fault}", f"NOT VALID: {printable(folder)}"])
    lines.append(f"VALID: {printable(folder)}")
    if not done.files:
        return "\n".join(lines)
    lines.append(f"Checked {done.signatures.verified} signatures and {done.proofs} proofs.")
    lines.append(
        "Compare the fingerprints of roster and log key over another channel, or give the roster you know with"
        " --roster FILE."
    )
    lines.append("Not checked here:")
    return "\n".join(lines + [f"- {what}" for what in NOT_CHECKED])


def json_report(done: Verification) -> str:
    checks = [{"check": name, "holds": True, "finding": finding} for name, finding in done.held]
    if done.fault is not None:
        checks.append({"check": done.check, "holds": False, "finding": done.fault})
    report = {"schema": "althing/verification/v1", "valid": done.fault is None, "checks": checks}
    counts = {"signatures": done.signatures.verified, "proofs": done.proofs, "not_checked": list(NOT_CHECKED)}
    return json.dumps({**report, **counts}, indent=2, ensure_ascii=False)


def verify(folder: Path, pinned: Optional[bytes]) -> Verification:
    try:
        files = load(folder)
    except Fault as fault:
        done = Verification({}, pinned)
        done.check, done.fault = "files", printable(str(fault))
        return done
    return Verification(files, pinned).run()


def main(arguments: Optional[List[str]] = None) -> int:
    purpose = (
        "Check a study's output folder: log, proofs, signatures, charges, sums;"
        " or what a node kept of the log, a receipt (.tlog-proof) or a fork (.fork). Needs no network."
    )
    parser = argparse.ArgumentParser(description=purpose)
    parser.add_argument("folder", metavar="DIR", help="the study's output folder, or a node's file")
    known = "the roster you know; the log must name the same members and keys"
    parser.add_argument("--roster", metavar="FILE", help=known)
    parser.add_argument("--log-key", metavar="FILE", help="of a file: the log's key that you know, as in log/key")
    parser.add_argument("--json", action="store_true", help="print one JSON object for programs")
    given = parser.parse_args(arguments)
    sys.stdout.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    try:
        if Ed25519PublicKey is None:
            raise Misuse("needs the package cryptography (Debian, Ubuntu: apt-get install python3-cryptography)")
        if Path(given.folder).is_file():
            if not given.log_key:
                raise Misuse(f"whose log is {given.folder} of? Give the key you know with --log-key FILE")
            done = verify_file(Path(given.folder), Path(given.log_key))
        elif not Path(given.folder).is_dir():
            raise Misuse(f"there is no folder {given.folder}")
        else:
            pinned = roster_of_document(Path(given.roster).read_text("utf-8")) if given.roster else None
            done = verify(Path(given.folder), pinned)
    except (Misuse, OSError, UnicodeDecodeError) as error:
        print(f"althing_verify: {printable(str(error))}", file=sys.stderr)
        return USAGE
    print(json_report(done) if given.json else text_report(given.folder, done))
    return VALID if done.fault is None else NOT_VALID


if __name__ == "__main__":
    sys.exit(main())
