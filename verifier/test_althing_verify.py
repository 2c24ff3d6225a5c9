"""Tests of althing_verify: published vectors, the written format, and folders spoiled in every way.

    python3 -m unittest discover verifier
"""

from __future__ import annotations

import base64
import contextlib
import io
import json
import os
import re
import tempfile
import unittest
from pathlib import Path
from random import Random
from typing import Any, Callable, Dict, List, Optional

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

import althing_verify as verifier
from althing_verify import Fault, Note, NoteKey, Signatures, decode, encode, leaf_hash, node_hash, sha256

HERE = Path(__file__).parent
VECTORS = json.loads((HERE / "vectors.json").read_text("utf-8"))
GARBAGE = sha256(b"*")
passed = {"vectors": 0, "mutations": 0}


def tearDownModule() -> None:
    print(f"published vectors: {passed['vectors']} held, {passed['mutations']} mutations of them were refused")


# Trees by the definitions of RFC 6962 §2.1, word for word.


def root_of(leaves: List[bytes]) -> bytes:
    if len(leaves) < 2:
        return leaves[0] if leaves else sha256()
    k = verifier.split(len(leaves))
    return node_hash(root_of(leaves[:k]), root_of(leaves[k:]))


def inclusion(m: int, leaves: List[bytes]) -> List[bytes]:
    if len(leaves) == 1:
        return []
    k = verifier.split(len(leaves))
    if m < k:
        return inclusion(m, leaves[:k]) + [root_of(leaves[k:])]
    return inclusion(m - k, leaves[k:]) + [root_of(leaves[:k])]


def consistency(m: int, leaves: List[bytes], whole: bool = True) -> List[bytes]:
    if m == len(leaves):
        return [] if whole else [root_of(leaves)]
    k = verifier.split(len(leaves))
    if m <= k:
        return consistency(m, leaves[:k], whole) + [root_of(leaves[k:])]
    return consistency(m - k, leaves[k:], False) + [root_of(leaves[:k])]


def b64(content: bytes) -> str:
    return base64.b64encode(content).decode()


class PublishedVectors(unittest.TestCase):
    def count(self, holds: bool) -> None:
        self.assertTrue(holds)
        passed["vectors"] += 1

    def refuse(self, holds: bool) -> None:
        self.assertFalse(holds)
        passed["mutations"] += 1

    def test_hashes_leaves_and_roots_as_published(self) -> None:
        merkle = VECTORS["merkle"]
        leaves = [leaf_hash(bytes.fromhex(leaf)) for leaf in merkle["leaves"]]
        for leaf, known in zip(leaves, merkle["leaf_hashes"]):
            self.count(leaf.hex() == known)
        for size, known in enumerate(merkle["roots"]):
            self.count(root_of(leaves[:size]).hex() == known)

    @staticmethod
    def changed(proof: List[bytes]) -> List[List[bytes]]:
        """What the published generator does to a proof."""
        shorter = [[], proof[:-1], proof[1:], proof[::-1]]
        longer = [proof[:i] + [GARBAGE] + proof[i:] for i in range(len(proof) + 1)]
        flipped = [proof[:i] + [bytes([p[0] ^ 8]) + p[1:]] + proof[i + 1 :] for i, p in enumerate(proof)]
        return [other for other in shorter + longer + flipped if other != proof]

    def test_accepts_published_inclusion_proofs_and_no_mutation(self) -> None:
        for case in VECTORS["merkle"]["inclusion"]:
            i, n = case["leafIdx"], case["treeSize"]
            leaf, root = base64.b64decode(case["leafHash"]), base64.b64decode(case["root"])
            proof = [base64.b64decode(p) for p in case["proof"]]
            self.count(verifier.is_included(i, n, leaf, proof, root))
            for index, size in ((i - 1, n), (i + 1, n), (i ^ 2, n), (i, n * 2), (i, n // 2)):
                self.refuse(verifier.is_included(index, size, leaf, proof, root))
            for other in (GARBAGE, sha256()):
                self.refuse(verifier.is_included(i, n, leaf, proof, other))
                self.refuse(verifier.is_included(i, n, other, proof, root))
            for other_proof in self.changed(proof) + [[root] + proof, proof + [root]]:
                self.refuse(verifier.is_included(i, n, leaf, other_proof, root))

    def test_accepts_published_consistency_proofs_and_no_mutation(self) -> None:
        for case in VECTORS["merkle"]["consistency"]:
            m, n = case["size1"], case["size2"]
            old, new = base64.b64decode(case["root1"]), base64.b64decode(case["root2"])
            proof = [base64.b64decode(p) for p in case["proof"]]
            self.count(verifier.is_consistent(m, n, proof, old, new))
            # With no old tree there is nothing to be consistent with; the published cases begin at 1.
            for a, b in ((m + 1, n), (m ^ 2, n), (m, n * 2), (m, n // 2)):
                self.refuse(verifier.is_consistent(a, b, proof, old, new))
            self.refuse(verifier.is_consistent(m, n, proof, GARBAGE, new))
            self.refuse(verifier.is_consistent(m, n, proof, old, GARBAGE))
            if old != new:
                self.refuse(verifier.is_consistent(m, n, proof, new, old))
            for other in self.changed(proof) + [[old] + proof, proof + [old], [new] + proof, proof + [new]]:
                self.refuse(verifier.is_consistent(m, n, other, old, new))

    def test_proofs_of_every_small_tree_hold_for_their_places_alone(self) -> None:
        leaves = [leaf_hash(bytes([i])) for i in range(20)]
        for size in range(1, 21):
            tree = leaves[:size]
            for index in range(size):
                proof = inclusion(index, tree)
                held = [i for i in range(size) if verifier.is_included(i, size, tree[index], proof, root_of(tree))]
                self.assertEqual(held, [index])
            for old in range(1, size + 1):
                proof = consistency(old, tree)
                self.assertTrue(verifier.is_consistent(old, size, proof, root_of(tree[:old]), root_of(tree)))
                self.assertFalse(verifier.is_consistent(old, size, proof, GARBAGE, root_of(tree)))

    def test_reads_published_notes_and_no_other_text_under_their_signatures(self) -> None:
        for case in VECTORS["notes"]:
            note = Note.parse(case["note"].encode())
            other = Note("another text\n", note.lines)
            for text in case["keys"]:
                key = NoteKey.parse(text)
                self.count(note.signed_by(key, Signatures()))
                self.refuse(other.signed_by(key, Signatures()))
                self.refuse(note.signed_by(key._replace(kind=5 - key.kind), Signatures()))

    def test_reads_published_verifier_keys_and_refuses_those_that_contradict_themselves(self) -> None:
        for text in VECTORS["verifier_keys"]["good"] + [key for note in VECTORS["notes"] for key in note["keys"]]:
            key = NoteKey.parse(text)
            self.count(f"{key.name}+{key.id().hex()}+{b64(bytes([key.kind]) + key.key)}" == text)
        for text in VECTORS["verifier_keys"]["bad"]:
            with self.assertRaises(Fault, msg=text):
                NoteKey.parse(text)
            passed["vectors"] += 1

    def test_verifies_the_signatures_of_rfc_8032_and_no_other_message_under_them(self) -> None:
        for case in VECTORS["ed25519"]["cases"]:
            key, message, signature = (bytes.fromhex(case[part]) for part in ("key", "message", "signature"))
            self.count(verifier.is_key(key) and Signatures().hold(key, message, signature))
            self.refuse(Signatures().hold(key, message + b"!", signature))

    def test_refuses_keys_of_small_order_or_of_no_canonical_bytes(self) -> None:
        y = verifier.ORDER_8
        for number in (0, 1, y, verifier.P - y, verifier.P - 1, verifier.P, verifier.P + 1, 2):
            for sign in (0, 1 << 255):
                self.assertFalse(verifier.is_key((number | sign).to_bytes(32, "little")), hex(number))


class WrittenFormat(unittest.TestCase):
    def test_the_tables_of_the_documentation_are_those_that_are_read_by(self) -> None:
        page = (HERE.parent / "docs" / "log-format.md").read_text("utf-8")
        rows = dict(re.findall(r"^\| `([a-z0-9/-]+)` \| (?:`([^`]*)`)? ?\|$", page, re.MULTILINE))
        rows.pop("bytes", None)
        self.assertEqual(rows, {**verifier.FORMATS, **verifier.GROUPS})

    def test_nothing_but_the_canonical_bytes_is_read(self) -> None:
        values = dict(release=1, attempt=2, survivors=["a", "b"], total=GARBAGE, transcript=GARBAGE)
        good = encode("released/v1", dict(values, confirmations=[b"x", b""]))
        self.assertEqual(encode("released/v1", decode(good, "released/v1")), good)
        for length in range(len(good)):
            with self.assertRaises(Fault):
                decode(good[:length], "released/v1")
        with self.assertRaises(Fault):
            decode(good + b"\0", "released/v1")
        for i in range(len(good)):
            bad = good[:i] + bytes([good[i] ^ 0x81]) + good[i + 1 :]
            with contextlib.suppress(Fault):
                self.assertEqual(encode("released/v1", decode(bad, "released/v1")), bad)

    def has_one_spelling(self, reader: Callable[[str], Any], good: str, *bad: str) -> None:
        reader(good)
        for text in bad:
            with self.assertRaises(Fault, msg=repr(text)):
                reader(text)

    def test_numbers_and_hashes_have_one_spelling(self) -> None:
        h = b64(GARBAGE)
        self.has_one_spelling(verifier.number_of, "7", "07", "+7", "-7", "", " 7", "7 ", "\u0667", "9223372036854775808")
        self.has_one_spelling(verifier.hash_of, h, h[:-1], h + "=", " " + h, h[:-2] + "B=", h.replace("=", "-"))

    def test_proofs_and_checkpoints_have_one_spelling(self) -> None:
        h = b64(GARBAGE)
        good = "index 0\nsize 1\n"
        bad = [good[:-1], "index 0\r\nsize 1\n", "index 0\n", "size 1\nindex 0\n", good + "\n", good + (h + "\n") * 64]
        self.has_one_spelling(lambda text: verifier.proof_of(text.encode(), "index", "size"), good, *bad)
        bad = [f"a\n0\n{h}\n", f"a\n1\n{h}\nmore\n", f"a b\n1\n{h}\n", f"\n1\n{h}\n", f"a\n1\n{h}"]
        self.has_one_spelling(verifier.Checkpoint.parse, f"a\n1\n{h}\n", *bad)

    def test_notes_have_one_spelling(self) -> None:
        good = VECTORS["notes"][0]["note"]
        line = good[good.index("\u2014") :]
        bad = ["", "\n\n", good[:-1], good + "\n", good.replace("\n\n", "\n"), good.replace("\n", "\r\n")]
        bad += [good.replace("\u2014 ", "- "), good + line, good + "\u2014 x AAAA\n", good.replace(" U", "\u00a0U")]
        self.has_one_spelling(lambda text: Note.parse(text.encode()), good, *bad)


# A whole study on paper: true signatures, proofs and digests, made-up sums.

NODES = ["north", "south", "upland", "west"]
ORIGIN = "coordinator.example/althing"


def signing_key(seed: int) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(bytes([seed]) * 32)


def public(key: Ed25519PrivateKey) -> bytes:
    return key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)


LOG = signing_key(50)
KEYS = {node: signing_key(i + 1) for i, node in enumerate(NODES)}
ROSTER_DOCUMENT = "althing: roster/v1\nquorum:\n  threshold: 3\n  colluders: 1\nmembers:\n" + "".join(
    f'  - id: "{node}"\n    key: "{public(KEYS[node]).hex()}"\n' for node in reversed(NODES)
)
ROSTER = verifier.roster_of_document(ROSTER_DOCUMENT)


def signed(node: str, label: str, values: Dict[str, Any]) -> bytes:
    statement = encode(label, values)
    return encode("signed-statement/v1", dict(statement=statement, signature=KEYS[node].sign(statement)))


def note_line(name: str, kind: int, key: Ed25519PrivateKey, text: str, seconds: int = 1_795_471_200) -> str:
    timed = b"" if kind == 1 else seconds.to_bytes(8, "big")
    message = text.encode() if kind == 1 else b"cosignature/v1\ntime %d\n" % seconds + text.encode()
    return f"\u2014 {name} {b64(NoteKey(name, kind, public(key)).id() + timed + key.sign(message))}\n"


# What a member signs depends on the history that the log then has.
Confirmation = Callable[[str], bytes]


def told(event: Dict[str, Any], history: str) -> Dict[str, Any]:
    confirmations = event.get("confirmations", [])
    return dict(event, confirmations=[each(history) if callable(each) else each for each in confirmations])


class Paper:
    """A study of two releases as events and files, which a test may change before the folder is made."""

    def __init__(self) -> None:
        self.files = {"study.yaml": b"althing: study/v1\n", "contract.yaml": b"kind: DataContract\n"}
        self.files["report.html"] = b"<html></html>\n"
        told = dict(name="counts", numbers=2, steps_per_unit=1, record_l2_squared_steps=2, sigma_per_node_steps=10)
        meant = dict(name="counts", length=2, scale=1, record_l2_squared=2)
        parts = (("First Pass", "ALL"), ("second", "TRAIN"))
        releases = [dict(name=name, records=part, blocks=[dict(told)]) for name, part in parts]
        self.result: Dict[str, Any] = {
            "state": "completed",
            "study": {"lead": "lead-one", "privacy": {"rows_per_unit": 1}},
            "plan": {"releases": releases},
        }
        spec = dict(rows_per_unit=1, honest_survivors=2, blocks=[meant], sigmas=[10])
        documents = {name: sha256(self.files[name + ".yaml"]) for name in ("study", "contract")}
        plan = dict(documents, roster=sha256(ROSTER), holdout_percent=20, spare_attempts=1)
        plan["releases"] = [dict(spec, name=name, partition=part) for name, part in parts]
        self.plan = sha256(encode("plan/v1", plan))
        self.price = 2 * 10**12 // (2 * 2 * 100) + 1
        self.events: List[Dict[str, Any]] = []
        self.cosigners = NODES[:3]
        self.witnesses = NODES
        self.extra_lines = ""
        self.fork = False
        self.released: List[Dict[str, Any]] = []
        self.spent = dict.fromkeys(NODES, 7)
        self.sequence = dict.fromkeys(NODES, 3)
        self.before: Dict[str, List[Dict[str, Any]]] = {node: [] for node in NODES}
        asked = {name: self.files[name + ".yaml"] for name in ("study", "contract")}
        self.add("study-submitted/v1", lead="lead-one", roster=ROSTER, plan=self.plan, **asked)
        for node in NODES:
            self.add("node-admitted/v1", admission=self.admission(node))
        self.add("witnessed/v1", note="")
        self.add("epoch-opened/v1", epoch=1, transcript=GARBAGE, members=NODES)
        for release in range(2):
            self.round(release)
        self.add("study-completed/v1")

    def add(self, label: str, **values: Any) -> None:
        self.events.append(dict(values, label=label))

    def admission(self, signer: str, **other: Any) -> bytes:
        values = dict(node=signer, plan=self.plan, roster=sha256(ROSTER), policy=GARBAGE, reserved=3 * self.price)
        return signed(signer, "admission/v1", {**values, **other})

    def charge(self, node: str, release: int, attempt: int = 1, **other: Any) -> bytes:
        values = dict(node=node, study=self.plan, release=release, attempt=attempt, head=GARBAGE, recoveries=0)
        values.update(before=self.before[node], spends=[])
        values.update(sequence=self.sequence[node], gross=self.price, marginal=self.price, spent=self.spent[node])
        return signed(other.pop("signer", node), "charge/v2", {**values, **other})

    def round(self, release: int, attempt: int = 1) -> None:
        self.add("round-opened/v1", release=release, attempt=attempt, epoch=1)
        for node in NODES:
            self.sequence[node] += 1
            self.spent[node] += self.price
            self.add("charged/v1", statement=self.charge(node, release, attempt))
            self.before[node] = self.before[node] + [dict(sequence=self.sequence[node], head=GARBAGE)]
        content = bytes([0, 0, 0, 0, 0, 0, 1, release] * 2)
        self.files[f"releases/0{release + 1}-{('first-pass', 'second')[release]}.sum"] = content
        total = sha256(encode("noisy-total/v1", {"steps": []})[:-4] + (2).to_bytes(4, "big") + content)
        self.add("released/v1", release=release, attempt=attempt, survivors=NODES[:3], total=total, transcript=GARBAGE)
        self.events[-1]["confirmations"] = [self.confirmation(node, release, attempt) for node in NODES[:3]]
        self.released.append(dict(self.events[-1]))
        self.add("witnessed/v1", note="")

    def confirmation(self, sender: str, release: int, attempt: int = 1, **other: Any) -> Confirmation:
        return lambda history: self.confirmed(history, sender, release, attempt, other)

    def confirmed(self, history: str, sender: str, release: int, attempt: int, other: Dict[str, Any]) -> bytes:
        setup = dict(suite=verifier.SUITE, plan=self.plan, epoch=1, roster=sha256(ROSTER))
        epoch = sha256(encode("secagg-epoch/v1", setup))
        state = sha256(encode("public-state/v2", {"history": history, "released": self.released[:release]}))
        terms = dict(epoch=epoch, keys=GARBAGE, release=release, attempt=attempt, public_state=state, length=2)
        ctx = sha256(encode("secagg-round/v1", terms))
        values = {**dict(sender=sender, ctx=ctx, cohort=GARBAGE, survivors=GARBAGE, sealed_seeds=GARBAGE), **other}
        signature = KEYS[sender].sign(encode("confirm/v1", values))
        return encode("confirmation-record/v1", dict(values, signature=signature))

    def find(self, label: str, which: int = 0) -> Dict[str, Any]:
        return [event for event in self.events if event["label"] == label][which]

    def issue(self) -> None:
        """Fills result.json in and issues the report, unless a test has done either."""
        if "result.json" not in self.files:
            self.fill()
            self.files["result.json"] = json.dumps(self.result, indent=2).encode()
        if self.events[-1]["label"] != "report-issued/v1":
            listed = [dict(name=name, digest=sha256(content)) for name, content in sorted(self.files.items())]
            self.add("report-issued/v1", files=listed)

    def fill(self) -> None:
        charges = [event["statement"] for event in self.events if event["label"] == "charged/v1"]
        statements = [decode(charge, "signed-statement/v1") for charge in charges]
        outs = [e for e in self.events if e["label"] == "released/v1"]
        plan, rho = self.result["plan"], verifier.rho_text
        self.result["study"]["digest"] = sha256(self.files["study.yaml"]).hex()
        self.result["study"]["contract"] = {"digest": sha256(self.files["contract.yaml"]).hex()}
        plan.update(digest=self.plan.hex(), nodes=4, threshold=3, colluders=1, least_survivors=3)
        plan["cost"] = {"rho": rho(2 * self.price)}
        plan["members"] = [{"node": node, "key": public(KEYS[node]).hex()} for node in NODES]
        for index, release in enumerate(plan["releases"]):
            release.update({"rho": rho(self.price), "released": index < len(outs)})
            if release["released"]:
                release.update(survivors=len(outs[index]["survivors"]), total=outs[index]["total"].hex())
        self.result["charges"] = []
        for charge in (decode(signed_["statement"], "charge/v2") for signed_ in statements):
            told = {name: charge[name] for name in ("node", "release", "attempt")}
            told.update(rho=rho(charge["gross"]), rho_added=rho(charge["marginal"]))
            self.result["charges"].append(told)

    def note(self, leaves: List[bytes], cosigners: List[str]) -> str:
        text = f"{ORIGIN}\n{len(leaves)}\n{b64(root_of(leaves))}\n"
        lines = [note_line(ORIGIN, 1, LOG, text)] + [note_line(n, 4, KEYS[n], text) for n in cosigners]
        return text + "\n" + "".join(lines)

    def folder(self) -> Dict[str, bytes]:
        self.issue()
        leaves, entries, previous, shown, history = [leaf_hash(b"another study's entry")], [], sha256(), "", ""
        for sequence, event in enumerate(self.events):
            if event["label"] == "witnessed/v1" and not event["note"]:
                event = dict(event, note=self.note([GARBAGE] * len(leaves) if self.fork else leaves, self.witnesses))
            if event["label"] == "witnessed/v1":
                shown = event["note"].rpartition("\n\n")[0] + "\n"
            history = shown if event["label"] == "round-opened/v1" else history
            content = event.get("raw") or encode(event["label"], told(event, history))
            values = dict(study=self.plan, sequence=sequence, previous=previous, time=0, event=content)
            entries.append((encode("log-entry/v1", values), event))
            previous = sha256(entries[-1][0])
            leaves.append(leaf_hash(entries[-1][0]))
        leaves.append(leaf_hash(b"a later study's entry"))
        files = dict(self.files)
        key = NoteKey(ORIGIN, 1, public(LOG))
        files["log/key"] = f"{ORIGIN}+{key.id().hex()}+{b64(bytes([1]) + key.key)}\n".encode()
        files["log/checkpoint"] = (self.note(leaves, self.cosigners) + self.extra_lines).encode()
        for i, (entry, event) in enumerate(entries):
            files[f"log/{i:04d}.entry"] = entry
            hashes = [f"index {i + 1}", f"size {len(leaves)}"] + [b64(h) for h in inclusion(i + 1, leaves)]
            files[f"log/{i:04d}.proof"] = ("\n".join(hashes) + "\n").encode()
            if event["label"] == "witnessed/v1":
                size = int(event["note"].split("\n")[1])
                hashes = [f"from {size}", f"to {len(leaves)}"] + [b64(h) for h in consistency(size, leaves)]
                files[f"log/{i:04d}.consistency"] = ("\n".join(hashes) + "\n").encode()
        return files


def fault_in(files: Dict[str, bytes], pinned: Optional[bytes] = None) -> Optional[str]:
    done = verifier.Verification(files, pinned).run()
    return None if done.fault is None else f"{done.check}: {done.fault}"


class SpoiledFolder(unittest.TestCase):
    """Whoever passes the folder on can change its files, but has no key."""

    def setUp(self) -> None:
        self.files = Paper().folder()

    def test_an_untouched_folder_is_valid(self) -> None:
        done = verifier.Verification(self.files, ROSTER).run()
        self.assertIsNone(done.fault)
        names = "chain files log plan checkpoint declared admissions charges confirmations releases account"
        self.assertEqual([name for name, _ in done.held], names.split())
        # The log's 4, cosignatures 3 + 3·4, admissions 4, charges 8, confirmations 6.
        self.assertEqual(done.signatures.verified, 37)
        proofs = [name for name in self.files if name.endswith((".proof", ".consistency"))]
        self.assertEqual(done.proofs, len(proofs))

    def test_a_missing_file_is_noticed_whichever_it_is(self) -> None:
        for name in self.files:
            self.assertIsNotNone(fault_in({n: c for n, c in self.files.items() if n != name}), name)

    def test_a_file_too_many_is_noticed(self) -> None:
        for name in ("notes.txt", "log/9999.entry", "releases/99-x.sum", ".hidden", "log/0001.consistency"):
            self.assertIn("a file too many", str(fault_in({**self.files, name: b""})))

    def test_two_files_exchanged_are_noticed(self) -> None:
        names = sorted(self.files)
        for one, two in zip(names, names[1:]):
            exchanged = {**self.files, one: self.files[two], two: self.files[one]}
            self.assertTrue(self.files[one] == self.files[two] or fault_in(exchanged), (one, two))

    def test_a_turned_bit_and_another_length_are_noticed_in_every_file(self) -> None:
        for name, content in self.files.items():
            for i in sorted({0, len(content) - 1, *range(17, len(content), 61)}):
                bad = content[:i] + bytes([content[i] ^ (1 << (i % 8))]) + content[i + 1 :]
                self.assertIsNotNone(fault_in({**self.files, name: bad}), f"{name} at byte {i}")
            for bad in (content[:-1], content + b"\0", b""):
                self.assertIsNotNone(fault_in({**self.files, name: bad}), f"{name} of {len(bad)} bytes")

    def test_another_roster_than_the_one_given_is_noticed(self) -> None:
        other = ROSTER_DOCUMENT.replace(public(KEYS["west"]).hex(), public(signing_key(9)).hex())
        self.assertIn("--roster", str(fault_in(self.files, verifier.roster_of_document(other))))

    def test_a_name_of_the_folder_moves_no_cursor(self) -> None:
        fault = str(fault_in({**self.files, "\x1b[2J\r\nVALID\u202e" + "x" * 5000: b""}))
        self.assertTrue(all(c.isprintable() for c in fault) and len(fault) <= 1010)

    def test_a_length_beyond_the_end_costs_nothing(self) -> None:
        for name in [n for n in self.files if n.endswith(".entry")]:
            content = self.files[name]
            for at in range(12, 120, 4):
                bad = content[:at] + b"\x7f\xff\xff\xff" + content[at + 4 :]
                self.assertIsNotNone(fault_in({**self.files, name: bad}))


class ForgedLog(unittest.TestCase):
    """The log writes what it is told to, every digest and proof fits, and the nodes cosign unread: rules alone are left."""

    def refuses(self, expected: str, change: Callable[[Paper], Any]) -> None:
        paper = Paper()
        change(paper)
        self.assertRegex(str(fault_in(paper.folder())), expected)

    @staticmethod
    def moved(label: str, which: int, before: str) -> Callable[[Paper], Any]:
        """An event in front of the first of another kind."""

        def change(paper: Paper) -> None:
            event = paper.find(label, which)
            paper.events.remove(event)
            paper.events.insert(paper.events.index(paper.find(before)), event)

        return change

    @staticmethod
    def aborted(paper: Paper) -> None:
        at = paper.events.index(paper.find("released/v1"))
        paper.events.insert(at, dict(label="round-aborted/v1", release=0, attempt=1, reason=""))

    @staticmethod
    def admitted(signer: str, **other: Any) -> Callable[[Paper], Any]:
        return lambda p: p.find("node-admitted/v1").update(admission=p.admission(signer, **other))

    def without(self, label: str, which: int = 0) -> Callable[[Paper], Any]:
        return lambda paper: paper.events.remove(paper.find(label, which))

    def recharged(self, which: int, node: str, release: int, **other: Any) -> Callable[[Paper], Any]:
        def change(paper: Paper) -> None:
            event = paper.find("charged/v1", which)
            true = decode(decode(event["statement"], "signed-statement/v1")["statement"], "charge/v2")
            event["statement"] = signed(node, "charge/v2", {**true, **other})

        return change

    def test_an_unchanged_story_is_valid(self) -> None:
        self.assertIsNone(fault_in(Paper().folder()))

    def test_a_stopped_study_is_valid_evidence_of_its_stop(self) -> None:
        paper = Paper()
        paper.events = paper.events[:3]
        reasons = [dict(clause="budget.per-study", text="0.3 asked, 0.1 allowed")]
        refusal = dict(node="west", plan=paper.plan, reasons=reasons)
        paper.add("node-refused/v2", refusal=signed("west", "refusal/v1", refusal))
        paper.add("study-stopped/v1", reason="west refused")
        paper.files = {name: c for name, c in paper.files.items() if not name.startswith("releases/")}
        paper.result["state"] = "stopped"
        self.assertIsNone(fault_in(paper.folder()))
        for signer, other in (("north", {}), ("west", dict(plan=GARBAGE)), ("west", dict(reasons=[]))):
            paper.events[3]["refusal"] = signed(signer, "refusal/v1", {**refusal, **other})
            self.assertIsNotNone(fault_in(paper.folder()), "nobody can refuse for another, nor another plan")

    def test_an_attempt_that_a_crash_cut_off_may_be_followed_by_new_keys_and_another(self) -> None:
        paper = Paper()
        at = paper.events.index(paper.find("round-opened/v1"))
        paper.events.insert(at, dict(label="round-opened/v1", release=0, attempt=1, epoch=1))
        paper.events.insert(at + 1, dict(label="epoch-opened/v1", epoch=2, transcript=GARBAGE, members=NODES))
        # The true attempt is the second now, and everything that was signed names the first.
        self.assertIn("charge", str(fault_in(paper.folder())))
        paper = Paper()
        paper.events = paper.events[:7]
        paper.released, paper.files = [], {n: c for n, c in paper.files.items() if not n.startswith("releases/")}
        paper.spent, paper.sequence = dict.fromkeys(NODES, 0), dict.fromkeys(NODES, 0)
        paper.before = {node: [] for node in NODES}
        paper.add("round-opened/v1", release=0, attempt=1, epoch=1)
        paper.add("epoch-opened/v1", epoch=2, transcript=GARBAGE, members=NODES)
        paper.round(0, attempt=2)
        paper.round(1)
        paper.add("study-completed/v1")
        self.assertIsNone(fault_in(paper.folder()))

    def test_the_course_of_the_entries(self) -> None:
        self.refuses("the study ends once", self.without("study-completed/v1"))
        self.refuses("the study ends once", lambda p: p.add("round-aborted/v1", release=0, attempt=1, reason=""))
        self.refuses("first entry is its submission", lambda p: p.events.insert(3, p.events[0]))
        self.refuses("first entry is its submission", lambda p: p.events.pop(0))
        self.refuses("a round begins without keys", self.without("epoch-opened/v1"))
        self.refuses("under way", self.without("round-opened/v1"))
        self.refuses("under way", self.aborted)
        self.refuses("out of order", lambda p: p.find("round-opened/v1", 1).update(release=0))
        self.refuses("out of order", lambda p: p.find("round-opened/v1").update(attempt=4))
        self.refuses("key set-up is out of order", lambda p: p.find("epoch-opened/v1").update(epoch=0))
        self.refuses("not every release", lambda p: p.events.__delitem__(slice(12, -1)))

    def test_consent(self) -> None:
        self.refuses("without the admission of south", self.without("node-admitted/v1", 1))
        self.refuses("admitted twice", lambda p: p.events.insert(2, p.find("node-admitted/v1")))
        self.refuses("another plan", self.admitted("north", plan=GARBAGE))
        self.refuses("another roster", self.admitted("north", roster=GARBAGE))
        self.refuses("set aside less", self.admitted("north", reserved=3 * Paper().price - 1))
        self.refuses("not signed", self.admitted("south", node="north"))
        self.refuses("not signed", self.admitted("south", node="nowhere"))
        self.refuses("without the admission", self.moved("node-admitted/v1", 1, before="released/v1"))

    def test_payment(self) -> None:
        self.refuses("had not paid", self.without("charged/v1", 1))
        self.refuses("another price", self.recharged(0, "north", 0, gross=1, marginal=1))
        self.refuses("adds to its spend", self.recharged(0, "north", 0, marginal=1))
        self.refuses("adds to its spend", lambda p: self.recharged(4, "north", 1, marginal=p.price + 1)(p))
        self.refuses("not signed", self.recharged(0, "south", 0))
        self.refuses("paid twice", lambda p: p.events.insert(8, p.find("charged/v1")))
        self.refuses("for no attempt", self.recharged(0, "north", 0, attempt=2))
        self.refuses("for no attempt", self.recharged(0, "north", 0, study=GARBAGE))
        self.refuses("for no attempt", self.moved("charged/v1", 0, before="round-opened/v1"))
        # Of a node outside the sum, after the sum is out.
        self.refuses("for no attempt", self.moved("charged/v1", 3, before="witnessed/v1"))
        self.refuses("out of order", self.recharged(4, "north", 1, sequence=4))
        self.refuses("does not add up", lambda p: self.recharged(4, "north", 1, spent=7 + 2 * p.price + 1)(p))
        self.refuses("does not add up", self.recharged(4, "north", 1, sequence=90, spent=7))
        self.refuses("out of order", self.recharged(4, "north", 1, before=[]))
        self.refuses("out of order", self.recharged(4, "north", 1, before=[dict(sequence=4, head=bytes(32))]))
        self.refuses("out of order", self.recharged(0, "north", 0, before=[dict(sequence=4, head=GARBAGE)]))
        paper = Paper()
        self.recharged(4, "north", 1, sequence=2, before=[], recoveries=1, spent=10**12)(paper)
        self.assertIsNone(fault_in(paper.folder()), "a recovered ledger counts anew")
        paper = Paper()
        self.recharged(4, "north", 1, sequence=90, spent=10**12)(paper)
        self.assertIsNone(fault_in(paper.folder()), "other studies may spend in between")

    def test_confirmation(self) -> None:
        def confirmations(change: Callable[[Paper, List[Confirmation]], Any], **event: Any) -> Callable[[Paper], Any]:
            def apply(paper: Paper) -> None:
                released = paper.find("released/v1", 1)
                change(paper, released["confirmations"])
                released.update(event)

            return apply

        self.refuses("2 confirmed 1 sets", confirmations(lambda p, c: c.pop()))
        self.refuses("not a survivor's own", confirmations(lambda p, c: c.append(c[0])))
        self.refuses("not a survivor's own", confirmations(lambda p, c: c.append(p.confirmation("west", 1))))
        other = dict(survivors=sha256())
        self.refuses("3 confirmed 2 sets", confirmations(lambda p, c: c.append(p.confirmation("north", 1, **other)) or c.pop(0)))
        self.refuses("another attempt", confirmations(lambda p, c: c.__setitem__(0, p.confirmation("north", 0))))
        self.refuses("another attempt", confirmations(lambda p, c: c.__setitem__(0, lambda shown, own=c[0]: own("another history"))))
        self.refuses("another attempt", lambda p: p.find("epoch-opened/v1").update(transcript=sha256()))
        self.refuses("another attempt", lambda p: p.find("released/v1").update(survivors=NODES))
        self.refuses("not enough members", confirmations(lambda p, c: None, survivors=NODES[:2]))
        self.refuses("not enough members", confirmations(lambda p, c: None, survivors=NODES[:3][::-1]))
        self.refuses("not enough members", lambda p: p.find("epoch-opened/v1").update(members=NODES[1:]))

    def test_the_log_and_its_witnesses(self) -> None:
        self.refuses("2 cosignatures, 3 are needed", lambda p: p.cosigners.pop())
        self.refuses("opened under no checkpoint", lambda p: setattr(p, "witnesses", NODES[:2]))
        self.refuses("opened under no checkpoint", lambda p: p.events.remove(p.find("witnessed/v1")))
        self.refuses("does not show that the log only grew", lambda p: setattr(p, "fork", True))
        stranger = note_line("stranger", 4, signing_key(77), "x\n")
        self.refuses("a line of stranger, who is not in the roster", lambda p: setattr(p, "extra_lines", stranger))
        false = note_line("west", 4, KEYS["west"], "another text\n")
        self.refuses("cosignature of west on log/checkpoint is not true", lambda p: setattr(p, "extra_lines", false))
        forged = note_line("west", 4, signing_key(77), "x\n")
        self.refuses("a line of west", lambda p: setattr(p, "extra_lines", forged))
        foreign = "another.example/log\n1\n" + b64(GARBAGE) + "\n"
        note = foreign + "\n" + note_line(ORIGIN, 1, LOG, foreign)
        self.refuses("not this log's", lambda p: p.find("witnessed/v1").update(note=note))

    def test_sums_and_files(self) -> None:
        def other_file(name: str, content: bytes) -> Callable[[Paper], Any]:
            return lambda paper: paper.files.update({name: content})

        self.refuses("not the sum that was released", other_file("releases/02-second.sum", bytes(16)))
        self.refuses("has 24 bytes", other_file("releases/02-second.sum", bytes(24)))
        self.refuses("issues notes.html, which no study has", other_file("notes.html", b""))
        self.refuses("not the one submitted", other_file("study.yaml", b"other"))
        self.refuses("a file is missing: report.html", lambda p: p.files.pop("report.html"))

    def test_what_result_json_says_of_the_log(self) -> None:
        def told(change: Callable[[Dict[str, Any]], Any]) -> Callable[[Paper], Any]:
            def apply(paper: Paper) -> None:
                paper.fill()
                change(paper.result)
                paper.files["result.json"] = json.dumps(paper.result).encode()

            return apply

        def written(content: bytes) -> Callable[[Paper], Any]:
            return lambda paper: paper.files.update({"result.json": content})

        self.refuses("expected JSON", written(b"[" * 100_000))
        self.refuses("stands twice", written(b'{"a": 1, "a": 1}'))
        self.refuses("does not tell the plan", written(b"{}"))
        self.refuses("does not tell the plan", written(b'{"a": ' + b"9" * 10**6 + b"}"))
        huge = {"study": {"privacy": {"rows_per_unit": "x"}, "cleaning": {"stability": 10**10}}, "plan": {}}
        self.refuses("does not tell the plan", written(json.dumps(huge).encode()))
        block = lambda r: r["plan"]["releases"][0]["blocks"][0]  # noqa: E731
        self.refuses("not the one in the log", told(lambda r: block(r).update(sigma_per_node_steps=11)))
        self.refuses("not the one in the log", told(lambda r: r["plan"]["releases"].pop()))
        self.refuses("result.json, charges 0 node", told(lambda r: r["charges"][0].update(node="west")))
        self.refuses("result.json, charges 7 node", told(lambda r: r["charges"].pop()))
        self.refuses("more than the log tells", told(lambda r: r["charges"].append({})))
        self.refuses("result.json, plan cost rho", told(lambda r: r["plan"]["cost"].update(rho="0.1")))
        self.refuses("result.json, plan nodes", told(lambda r: r["plan"].update(nodes=4.0)))
        self.refuses("result.json, state", told(lambda r: r.update(state="stopped")))
        self.refuses("contradict each other", told(lambda r: r.update(model="model.json")))

    def test_nonsense_of_the_log_is_a_fault_and_no_crash(self) -> None:
        for seed in range(60):
            random, paper = Random(seed), Paper()
            event = random.choice([e for e in paper.events if e["label"] != "witnessed/v1"])
            good = encode(event["label"], told(event, ""))
            at, end = sorted(random.randrange(len(good) + 1) for _ in range(2))
            end = min(end, at + 40)
            event["raw"] = good[:at] + random.randbytes(random.choice((0, end - at, 4, 9))) + good[end:]
            if event["raw"] != good:
                self.assertIsNotNone(fault_in(paper.folder()), f"seed {seed}")

    def test_nonsense_in_result_json_is_a_fault(self) -> None:
        for seed in range(60):
            random, paper = Random(seed), Paper()
            paper.fill()
            nodes: List[Any] = [paper.result]
            for node in nodes:
                inner = node.values() if isinstance(node, dict) else node
                nodes += [value for value in inner if value and isinstance(value, (dict, list))]
            node = random.choice(nodes)
            place = random.choice(list(node) if isinstance(node, dict) else range(len(node)))
            node[place] = random.choice((None, -1, 0, 2**31, 2**63, 1e300, "x", [], {}, [{}]))
            paper.files["result.json"] = json.dumps(paper.result).encode()
            self.assertIsNotNone(fault_in(paper.folder()), f"seed {seed}")

    def test_does_not_look_at_findings_and_says_so(self) -> None:
        paper = Paper()
        paper.result["statistics"] = {"rows": {"value": 1e9}}
        paper.files["report.html"] = b"<html>Everybody is well.</html>"
        self.assertIsNone(fault_in(paper.folder()))
        self.assertIn("model.json, report.html and the findings in result.json", " ".join(verifier.NOT_CHECKED))


class RosterFile(unittest.TestCase):
    def test_reads_a_roster_in_any_order_with_comments_and_defaults(self) -> None:
        members = ROSTER_DOCUMENT.split("members:\n")[1].replace('"', "")
        text = f"# ours\nmembers:\n{members}althing: roster/v1 # kind\n"
        self.assertEqual(verifier.roster_of_document(text), ROSTER)

    def test_refuses_what_it_does_not_understand(self) -> None:
        for old, new in (
            ("althing: roster/v1\n", ""),
            ("roster/v1", "study/v1"),
            ("quorum:", "more: 1\nquorum:"),
            ("  threshold: 3", "  {threshold: 3}"),
            ("threshold: 3", "threshold: 2"),
            ("threshold: 3", "threshold: x"),
            ("  colluders: 1", "  threshold: 3"),
            ("  colluders: 1", "  nodes: 4"),
            ("  colluders: 1", "  colluders:"),
            ("south", "north"),
            ("upland", "Upland"),
            ("    key:", "    id:"),
            ("    key:", "    other: x\n    key:"),
        ):
            with self.assertRaises(verifier.Misuse, msg=new):
                verifier.roster_of_document(ROSTER_DOCUMENT.replace(old, new))


class Command(unittest.TestCase):
    def setUp(self) -> None:
        kept = tempfile.TemporaryDirectory()
        self.addCleanup(kept.cleanup)
        self.root = Path(kept.name)
        self.folder = self.root / "study"
        for name, content in Paper().folder().items():
            (self.folder / name).parent.mkdir(parents=True, exist_ok=True)
            (self.folder / name).write_bytes(content)

    def run_it(self, *arguments: str) -> "tuple[int, str]":
        out = io.TextIOWrapper(io.BytesIO(), "utf-8")
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
            try:
                code = verifier.main(list(arguments))
            except SystemExit as exit_:
                code = int(exit_.code or 0)
        out.seek(0)
        return code, out.read()

    def test_says_valid_and_what_it_did_not_check(self) -> None:
        roster = self.root / "roster.yaml"
        roster.write_text(ROSTER_DOCUMENT)
        code, text = self.run_it(str(self.folder), "--roster", str(roster))
        self.assertEqual(code, 0)
        self.assertIn("VALID: ", text)
        self.assertIn("roster " + sha256(ROSTER).hex()[:8], text)
        self.assertIn("log key " + sha256(public(LOG)).hex()[:8], text)
        self.assertIn("Not checked here", text)

    def test_says_where_and_why_a_folder_does_not_hold(self) -> None:
        (self.folder / "log" / "0007.proof").write_bytes(b"index 0\nsize 1\n")
        code, text = self.run_it(str(self.folder))
        self.assertEqual(code, 6)
        self.assertRegex(text, r"\u2716 log +log/0007.proof: it does not show its entry in the log\nNOT VALID: ")
        code, text = self.run_it(str(self.folder), "--json")
        report = json.loads(text)
        self.assertEqual((code, report["valid"], report["checks"][-1]["holds"]), (6, False, False))

    def test_a_wrong_call_ends_with_2(self) -> None:
        nowhere = str(self.root / "nowhere")
        for arguments in ([], ["--what", "x"], [nowhere], [str(self.folder), "--roster", nowhere]):
            self.assertEqual(self.run_it(*arguments)[0], 2, arguments)

    def test_tells_a_fork_that_a_node_kept(self) -> None:
        def leaves(size: int, history: int) -> List[bytes]:
            return [leaf_hash(bytes([i, min(i, history)])) for i in range(size)]

        def note(of: List[bytes]) -> str:
            text = f"{ORIGIN}\n{len(of)}\n{b64(root_of(of))}\n"
            return text + "\n" + note_line(ORIGIN, 1, LOG, text)

        def told(start: int, end: int, history: int = 1) -> "tuple[int, str]":
            hashes = [b64(h) for h in consistency(start, leaves(end, history))]
            first = "\n".join(["althing/fork/v1", f"from {start}", f"to {end}"] + hashes) + "\n"
            file = self.root / "kept.fork"
            file.write_text("\n".join((first, note(leaves(start, 0)), note(leaves(end, history)))))
            return self.run_it(str(file), "--log-key", str(self.folder / "log" / "key"))

        code, text = told(6, 11)
        self.assertEqual(code, 0, text)
        self.assertIn("one of 11 whose first 6 have another root\nVALID", text)
        self.assertIn("two trees of 8 entries", told(8, 8)[1])
        for start, end, history in ((8, 11, 1), (6, 11, 0), (6, 6, 0)):
            code, text = told(start, end, history)
            self.assertEqual(code, 6)
            self.assertIn("a copy of the log decides", text)
        told(6, 11)
        self.assertEqual(self.run_it(str(self.root / "kept.fork"))[0], 2)
        whole = (self.root / "kept.fork").read_bytes()
        for cut in range(0, len(whole), 7):
            (self.root / "kept.fork").write_bytes(whole[:cut])
            again = self.run_it(str(self.root / "kept.fork"), "--log-key", str(self.folder / "log" / "key"))
            self.assertEqual(again[0], 6)

    def test_refuses_links_pipes_and_folders_too_many(self) -> None:
        for name, make in (
            ("link", lambda path: path.symlink_to(self.folder / "study.yaml")),
            ("log/more", lambda path: path.symlink_to(self.folder)),
            ("pipe", lambda path: os.mkfifo(path)),
            ("empty", lambda path: path.mkdir()),
        ):
            make(self.folder / name)
            code, text = self.run_it(str(self.folder))
            self.assertEqual(code, 6, text)
            self.assertIn(name, text)
            (self.folder / name).rmdir() if name == "empty" else (self.folder / name).unlink()
        self.assertEqual(self.run_it(str(self.folder))[0], 0)

    def test_refuses_a_folder_larger_than_the_memory_unread(self) -> None:
        with (self.folder / "huge").open("wb") as file:
            file.truncate((1 << 30) + 1)
        self.assertIn("more than 1073741824 bytes", self.run_it(str(self.folder))[1])


if __name__ == "__main__":
    unittest.main()
