#!/usr/bin/env python3
"""Verifies an export bundle of a Quanheng ledger: one file, nothing but Python's own library, no network.

    python3 verify.py BUNDLE --vkey FILE            a bundle: a folder, or a .zip of it
    python3 verify.py BUNDLE --vkey FILE --since C  ... and that the log continues the checkpoint C that you kept
    python3 verify.py BUNDLE --policy FILE          by your own trust policy: logs, and witnesses who must have cosigned
    python3 verify.py CERTIFICATE --vkey FILE       one record's certificate (a C2SP tlog-proof)
    python3 verify.py --vectors DIRECTORY           checks this program against the published test vectors

It shares no line with Quanheng's own verifier (`quanheng verify`, verify.mjs, verify.html), so that a mistake in
one of the two does not hide itself. It reads the same formats and gives the same exit codes:

    0   intact, and signed by the key that you brought with --vkey, cosigned as your --policy asks
    3   intact, but the key came out of the bundle: whoever made the bundle could have made the key
    1   not intact; each failure names the record, the file and the cause
    2   the command could not be carried out

What it checks
    signatures    the checkpoint and the manifest are signed notes (c2sp.org/signed-note, Ed25519)
    keys          where the log changed its key, the one that you have leads to the one that signed: each change is a
                  record under a checkpoint that both keys signed
    witnesses     with --policy: enough of your witnesses have cosigned the checkpoint (c2sp.org/tlog-policy)
    files         every file has the size and the SHA-256 that the signed manifest says; none more, none less
    records       each line of records.jsonl is one canonical JSON object (RFC 8785) of exactly the known members
    chain         each record names the hash of the one before; times do not go back; threads count without a gap
    filter        an export of one trade, listing or party holds all of their records: by the map of threads that the
                  log itself holds, and by every record that follows it
    map           each map of all threads in the log (`index.sealed`) is the one that the records give
    tree          the records give the hash tiles, and the tiles the root in the checkpoint (RFC 6962)
    published     the entry bundles and records.csv say the same as the records
    openings      each opened value is the one that its record committed to, in a bundle and in a certificate
    erasures      what the records tell of erased values is named, so that nobody takes their absence for a gap
    consistency   the log continues the checkpoints of earlier exports, and the one that you kept

What it does not check: the MEANING of the records. That a trade took only legal steps, that what was paid out had
been held, and that the book balances, is replayed by `quanheng verify`, verify.mjs and verify.html. And no ledger can
show that what was entered was true.

The order of this file: small tools; Ed25519; canonical JSON; records; signed notes; the tree; tiles; the bundle
as files; the manifest; sentences; the audits, each a small class; the whole verification (verify_parts: a good
place to begin); certificates; test vectors; the command line. Whoever wants to know what is checked can leave out
the sentences, the test vectors and the command line. It reads some thousand records a second, and its memory grows
with the number of things in the log and of files in the bundle, not with the number of records.

SPDX-License-Identifier: Apache-2.0
"""

from __future__ import annotations

import argparse
import base64
import binascii
import calendar
import hashlib
import json
import os
import re
import stat
import struct
import sys
import time
import zipfile
import zlib

MAX_INTEGER = 2**53 - 1  # the largest integer that every JSON reader keeps exactly
MAX_DEPTH = 64  # nesting of JSON; deeper is hostile
MAX_LEAF = 32 * 1024  # bytes of one record
MAX_NOTE = 1_000_000  # bytes of a signed note
MAX_GIVEN = 4_000_000  # bytes of a file that the reader names, other than a bundle
CHUNK = 1024 * 1024  # what is read of a file at a time
SHOWN = 200  # failures that are told one by one; the rest is counted
MAX_MISSING = 65536  # missing records that are told one by one, before the rest counts as one failure


class Malformed(Exception):
    """A text from outside has not the one form that is accepted; the message says what is wrong."""


class Stop(Exception):
    """The verification cannot go on: the failure with this code is the last one."""

    def __init__(self, code, record=None, file=None, detail=""):
        super().__init__(code)
        self.failure = (code, record, file, detail)


# ---------------------------------------------------------------------------------------------- small tools


def sha256(data):
    return hashlib.sha256(data).digest()


def from_base64(text):
    """Standard base64 with padding. What does not encode to the same text again is refused."""
    try:
        data = base64.b64decode(text.encode("ascii"), validate=True)
    except (ValueError, binascii.Error):
        raise Malformed("not base64") from None
    if base64.b64encode(data).decode() != text:
        raise Malformed("not canonical base64")
    return data


def to_base64(data):
    return base64.b64encode(data).decode()


def from_utf8(data):
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        raise Malformed("not UTF-8") from None


def outcome(read, *given):
    """What a reader answers, or "malformed"."""
    try:
        return read(*given)
    except Malformed:
        return "malformed"


def matches(pattern, value):
    """Whether a value is a text that the pattern describes from its first character to its last."""
    return isinstance(value, str) and re.fullmatch(pattern, value, re.ASCII) is not None


def is_count(value):
    return type(value) is int and 0 <= value <= MAX_INTEGER


def is_hash(value):
    return matches(r"[0-9a-f]{64}", value)


def is_origin(value):
    """A log's name: printable ASCII without space and plus, so that it can also name a key."""
    return matches(r"[\x21-\x2a\x2c-\x7e]{1,128}", value)


def is_time(value):
    """UTC with milliseconds, 2026-11-24T03:50:00.000Z, of a day and an hour that there are."""
    if not matches(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", value):
        return False
    year, month, day = int(value[0:4]), int(value[5:7]), int(value[8:10])
    if not 1 <= month <= 12:
        return False
    days = 29 if month == 2 and calendar.isleap(year) else [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
    return 1 <= day <= days and int(value[11:13]) <= 23 and int(value[14:16]) <= 59 and int(value[17:19]) <= 59


def utf16_length(text):
    """Characters as the format counts them, in UTF-16."""
    return len(text) + sum(character > "\uffff" for character in text)


# ------------------------------------------------------------------------------------------------- Ed25519
# RFC 8032, verification only. Points of the curve -x^2 + y^2 = 1 + d x^2 y^2 over the integers modulo P are kept
# in extended coordinates (X, Y, Z, T) with x = X/Z, y = Y/Z, x y = T/Z, so that nothing is divided on the way.

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT_OF_MINUS_ONE = pow(2, (P - 1) // 4, P)
NEUTRAL = (0, 1, 1, 0)


def point_add(a, b):
    x1, y1, z1, t1 = a
    x2, y2, z2, t2 = b
    m, n = (y1 - x1) * (y2 - x2) % P, (y1 + x1) * (y2 + x2) % P
    c, d = 2 * t1 * t2 * D % P, 2 * z1 * z2 % P
    e, f, g, h = n - m, d - c, d + c, n + m
    return e * f % P, g * h % P, f * g % P, e * h % P


def point_double(a):
    x1, y1, z1, _ = a
    m, n = x1 * x1 % P, y1 * y1 % P
    h = m + n
    e = h - (x1 + y1) * (x1 + y1) % P
    g = m - n
    f = 2 * z1 * z1 % P + g
    return e * f % P, g * h % P, f * g % P, e * h % P


def point_decode(data):
    """A point from its 32 bytes, y and the sign of x; None when they are no point of the curve."""
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, y & ((1 << 255) - 1)
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P != 0:
        x = x * ROOT_OF_MINUS_ONE % P
    if (x * x - square) % P != 0 or (x == 0 and sign == 1):
        return None
    if x & 1 != sign:
        x = P - x
    return x, y, 1, x * y % P


def point_encode(point):
    x, y, z, _ = point
    inverse = pow(z, P - 2, P)
    x, y = x * inverse % P, y * inverse % P
    return (y | ((x & 1) << 255)).to_bytes(32, "little")


def multiples(point):
    """The point times 0 to 15."""
    table = [NEUTRAL]
    for _ in range(15):
        table.append(point_add(table[-1], point))
    return table


BASE_MULTIPLES = multiples(point_decode((4 * pow(5, P - 2, P) % P).to_bytes(32, "little")))


def ed25519_verify(public_key, message, signature):
    """Whether s B - k A is the R of the signature: R and s are its halves, A is the key, k the hash of all."""
    if len(public_key) != 32 or len(signature) != 64:
        return False
    key, s = point_decode(public_key), int.from_bytes(signature[32:], "little")
    if key is None or s >= ORDER:
        return False
    k = int.from_bytes(hashlib.sha512(signature[:32] + public_key + message).digest(), "little") % ORDER
    x, y, z, t = key
    minus_key = multiples((P - x, y, z, P - t))
    total = NEUTRAL
    for shift in range(252, -1, -4):  # both products at once, four bits at a time
        for _ in range(4):
            total = point_double(total)
        total = point_add(total, BASE_MULTIPLES[(s >> shift) & 15])
        total = point_add(total, minus_key[(k >> shift) & 15])
    return point_encode(total) == signature[:32]


# ------------------------------------------------------------------------------------------ canonical JSON
# RFC 8785, narrowed: integers below 2^53 in size, no floats, member names of printable ASCII, no lone surrogates.

ESCAPES = {'"': '\\"', "\\": "\\\\", "\b": "\\b", "\f": "\\f", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
PLAIN = re.compile(r"[ !#-\[\]-\x7f]*")  # nearly all strings: nothing in them to escape or to refuse
TO_ESCAPE = re.compile(r'["\\\x00-\x1f]')
SURROGATE = re.compile("[\ud800-\udfff]")
MEMBER_NAME = re.compile(r"[\x20-\x7e]*")


def canonical_string(text):
    if PLAIN.fullmatch(text):
        return '"' + text + '"'
    if SURROGATE.search(text):
        raise Malformed("lone surrogate in a string")
    return '"' + TO_ESCAPE.sub(lambda m: ESCAPES.get(m[0]) or "\\u%04x" % ord(m[0]), text) + '"'


def canonical(value, depth=0):
    """The one text of a value. Never called deeper than MAX_DEPTH, which it checks itself."""
    if isinstance(value, str):
        return canonical_string(value)
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, int):
        if abs(value) > MAX_INTEGER:
            raise Malformed("not an integer below 2^53")
        return str(value)
    if depth >= MAX_DEPTH:
        raise Malformed("nested deeper than %d" % MAX_DEPTH)
    if isinstance(value, list):
        return "[" + ",".join([canonical(item, depth + 1) for item in value]) + "]"
    if not isinstance(value, dict):
        raise Malformed("a number that is not an integer")
    for name in value:
        if not MEMBER_NAME.fullmatch(name):
            raise Malformed("a member name is not printable ASCII")
    # Names are ASCII, so Python's order of characters is RFC 8785's order of UTF-16 code units.
    members = [canonical_string(name) + ":" + canonical(value[name], depth + 1) for name in sorted(value)]
    return "{" + ",".join(members) + "}"


def parse_canonical(text):
    """Reads a text that is canonical already: what does not encode to the same text again is refused.

    So a member that stands twice, other white space, and other forms of numbers or escapes are all found.
    """
    refuse_deep(text)
    try:
        value = json.loads(text, parse_int=small_integer, parse_float=no_float, parse_constant=no_float)
    except ValueError:
        raise Malformed("not JSON") from None
    if canonical(value) != text:
        raise Malformed("JSON, but not in canonical form")
    return value


def small_integer(text):
    if len(text) > 17:  # before Python makes a number of a million digits
        raise Malformed("not an integer below 2^53")
    return int(text)


def no_float(_text):
    raise Malformed("a number that is not an integer")


def refuse_deep(text):
    """Refuses deep nesting before the JSON reader walks down into it."""
    if text.count("[") + text.count("{") <= MAX_DEPTH:
        return
    depth, in_string, escaped = 0, False, False
    for character in text:
        if in_string:
            if escaped:
                escaped = False
            elif character == "\\":
                escaped = True
            elif character == '"':
                in_string = False
        elif character == '"':
            in_string = True
        elif character in "[{":
            depth += 1
            if depth > MAX_DEPTH:
                raise Malformed("nested deeper than %d" % MAX_DEPTH)
        elif character in "]}":
            depth -= 1


# -------------------------------------------------------------------------------------------------- records

MEMBERS = ["actor", "at", "body", "index", "log", "occurredAt", "prev", "threads", "type", "v"]
KEY = r"[\x21-\x7e]{1,128}"
WORD = r"[a-zA-Z][a-zA-Z0-9_.:-]{0,63}"
TYPE = r"[a-z][a-zA-Z0-9_]*(?:\.[a-z][a-zA-Z0-9_]*)+@[1-9][0-9]{0,5}"


def leaf_hash(leaf):
    return sha256(b"\x00" + leaf)


def decode_leaf(data):
    """A record from its bytes. `v`, `log`, `index` and `prev` mean the same in every version, so that the chain
    can be followed through records of a later version; the other members are checked in version 1 only."""
    if len(data) > MAX_LEAF:
        raise Malformed("a leaf of %d bytes; at most %d" % (len(data), MAX_LEAF))
    leaf = parse_canonical(from_utf8(data))
    if not isinstance(leaf, dict):
        raise Malformed("not a JSON object")
    check_envelope(leaf)
    if is_known_version(leaf):
        check_members(leaf)
    return leaf


def is_known_version(leaf):
    return leaf["v"] == 1


def check_envelope(leaf):
    if not is_count(leaf.get("v")) or leaf["v"] < 1:
        raise Malformed("v is not a record version")
    if not is_origin(leaf.get("log")):
        raise Malformed("log is not an origin")
    if not is_count(leaf.get("index")):
        raise Malformed("index is not a position")
    if not is_hash(leaf.get("prev")):
        raise Malformed("prev is not a hash")


def check_members(leaf):
    if sorted(leaf) != MEMBERS:
        raise Malformed("a member is missing or unknown")
    for name in ("occurredAt", "at"):
        if not is_time(leaf[name]):
            raise Malformed(name + " is not a time")
    if not matches(TYPE, leaf["type"]):
        raise Malformed("type is not <name>@<version>")
    if not is_actor(leaf["actor"]):
        raise Malformed("actor has neither of its two forms")
    if not isinstance(leaf["body"], dict):
        raise Malformed("body is not an object")
    check_threads(leaf["threads"], leaf["index"])


def is_actor(actor):
    if not isinstance(actor, dict):
        return False
    if sorted(actor) == ["job", "role"]:
        return actor["role"] == "system" and matches(WORD, actor["job"])
    return (
        sorted(actor) == ["commit", "role"]
        and actor["role"] != "system"
        and matches(WORD, actor["role"])
        and is_hash(actor["commit"])
    )


def check_threads(threads, index):
    if not isinstance(threads, list):
        raise Malformed("threads is not a list")
    before = ""
    for thread in threads:
        if not isinstance(thread, list) or len(thread) != 3:
            raise Malformed("a thread is not [key, n, prevIndex]")
        key, n, previous = thread
        if not matches(KEY, key):
            raise Malformed("a thread's key is not printable ASCII")
        if key <= before:
            raise Malformed("threads are not sorted by key")
        before = key
        if not is_count(n) or n < 1:
            raise Malformed("a thread's n does not count from 1")
        if (previous is not None) if n == 1 else not is_count(previous):
            raise Malformed("a thread's prevIndex does not fit its n")
        if previous is not None and previous >= index:
            raise Malformed("a thread points forward")


def commitment(salt, path, value):
    """What stands in a public record in place of a confidential value."""
    return sha256(b"quanheng/commit/v1\n" + salt + canonical([path, value]).encode()).hex()


def committed_at(leaf, path):
    """The commitment at "/actor" or "/body/<name>" (a pointer of RFC 6901), or None when there is none."""
    if path == "/actor":
        return leaf["actor"].get("commit")
    if not path.startswith("/body/"):
        return None
    value = leaf["body"].get(path[len("/body/") :].replace("~1", "/").replace("~0", "~"))
    is_commitment = isinstance(value, dict) and list(value) == ["commit"] and is_hash(value["commit"])
    return value["commit"] if is_commitment else None


def decode_disclosure(data):
    """One line of disclosures.jsonl: an opened value."""
    opened = parse_canonical(from_utf8(data))
    if (
        not isinstance(opened, dict)
        or sorted(opened) != ["index", "path", "salt", "value"]
        or not is_count(opened["index"])
        or not isinstance(opened["path"], str)
        or utf16_length(opened["path"]) > 200
        or not matches(r"[0-9a-f]{32}", opened["salt"])
    ):
        raise Malformed("not index, path, salt and value")
    return opened


def disclosure_fits(opened, leaf):
    """ "fits", "mismatch", or "no_commitment" when the record hides nothing at that path."""
    committed = committed_at(leaf, opened["path"])
    if committed is None:
        return "no_commitment"
    made = commitment(bytes.fromhex(opened["salt"]), opened["path"], opened["value"])
    return "fits" if made == committed else "mismatch"


# -------------------------------------------------------------------------------------------- signed notes
# c2sp.org/signed-note: a text that ends with a newline, an empty line, and signature lines
#     EM DASH, space, key name, space, base64(4 bytes of key id, signature)

NAME = r"[^\s+\x00-\x1f\u0085\ufeff]+"  # Python's \s is Unicode's white space
ED25519 = b"\x01"  # signs the text
COSIGNATURE = b"\x04"  # a witness's (c2sp.org/tlog-cosignature): signs a time and the text


class Key:
    def __init__(self, name, public_key, kind=ED25519):
        self.name, self.public_key, self.kind = name, public_key, kind
        self.id = sha256(name.encode() + b"\n" + kind + public_key)[:4]

    def signed(self, text, signature):
        """Whether this is the key's signature of the text; a witness's begins with the Unix time, 8 bytes."""
        message = text.encode()
        if self.kind == COSIGNATURE:
            seconds, signature = int.from_bytes(signature[:8], "big"), signature[8:]
            if seconds > MAX_INTEGER:
                return False
            message = b"cosignature/v1\ntime %d\n" % seconds + message
        return ed25519_verify(self.public_key, message, signature)


def parse_key(text, kind=ED25519):
    """A verifier key: name+hex(id)+base64(kind, public key); a file's final newline is let pass."""
    parts = re.fullmatch(r"(%s)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)\n?" % NAME, text)
    if parts is None or SURROGATE.search(text):
        raise Malformed("not a verifier key: name+id+key")
    data = from_base64(parts[3])
    if len(data) != 33 or data[:1] != kind:
        raise Malformed("not an Ed25519 key of its kind")
    key = Key(parts[1], data[1:], kind)
    if key.id.hex() != parts[2]:
        raise Malformed("the key's id is not that of its name and bytes")
    return key


class Note:
    def __init__(self, text, signatures):
        self.text, self.signatures = text, signatures  # of each signature: name, key id, bytes

    def verify(self, keys):
        """The names of the keys that signed; None when a known key's signature does not fit."""
        signers = self.signers(keys)
        return None if signers is None else [key.name for key in signers]

    def signers(self, keys):
        """The keys that signed; None when a known key's signature does not fit, which spoils the note whatever else
        stands on it. Signatures of unknown keys are let pass."""
        signers = []
        for name, key_id, signature in self.signatures:
            key = next((one for one in keys if (one.name, one.id) == (name, key_id)), None)
            if key is None:
                continue
            if not key.signed(self.text, signature):
                return None
            if key not in signers:
                signers.append(key)
        return signers


def parse_note(data):
    if len(data) > MAX_NOTE:
        raise Malformed("a note is too long")
    whole = from_utf8(data)
    if re.search(r"[\x00-\x09\x0b-\x1f]", whole):
        raise Malformed("a note has control characters")
    text, separator, lines = whole.rpartition("\n\n")
    if separator == "":
        raise Malformed("a note has no empty line before its signatures")
    if not lines.endswith("\n"):
        raise Malformed("a note has no signature line")
    signatures = []
    for line in lines[:-1].split("\n"):
        parts = re.fullmatch(r"\u2014 (%s) ([A-Za-z0-9+/=]+)" % NAME, line)
        if parts is None:
            raise Malformed("not a signature line")
        signature = from_base64(parts[2])
        if len(signature) < 5:
            raise Malformed("not a signature line")
        signatures.append((parts[1], signature[:4], signature[4:]))
    if len(signatures) > 100:
        raise Malformed("a note has too many signatures")
    return Note(text + "\n", signatures)


class Checkpoint:
    """c2sp.org/tlog-checkpoint: a signed note of three lines: the log's origin, its size, base64 of its root."""

    def __init__(self, data):
        self.note = parse_note(data)
        parts = re.fullmatch(r"([^\n]+)\n(0|[1-9][0-9]{0,15})\n([A-Za-z0-9+/]{43}=)\n", self.note.text)
        if parts is None:
            raise Malformed("a checkpoint is not its three lines")
        if not is_origin(parts[1]):
            raise Malformed("a checkpoint's origin has an unexpected form")
        self.origin, self.size, self.root = parts[1], int(parts[2]), from_base64(parts[3])
        if self.size > MAX_INTEGER:
            raise Malformed("a checkpoint's size is beyond 2^53")

    def signed_by(self, keys):
        """ "signed" by the log itself (a key of its name), "unknown_key", or "bad"."""
        names = self.note.verify(keys)
        if names is None:
            return "bad"
        return "signed" if self.origin in names else "unknown_key"


# ------------------------------------------------------------------------------------------------ the tree
# The Merkle tree of RFC 6962. A node (level, index) is the perfect subtree over the 2^level leaves that start at
# leaf index * 2^level. The hash over a row of neighbouring perfect subtrees is joined from the right.

EMPTY_ROOT = sha256(b"")


def node_hash(left, right):
    return sha256(b"\x01" + left + right)


def fold(hashes):
    """The hash over perfect subtrees of falling size."""
    root = hashes[-1]
    for left in reversed(hashes[:-1]):
        root = node_hash(left, root)
    return root


def nodes_of(start, end):
    """The perfect subtrees, largest first, that the leaves from start to end (not included) fall into; start
    must be aligned to the largest of them, as it is in every proof."""
    nodes, level = [], max(end - start, 1).bit_length() - 1
    while start < end:
        if start + (1 << level) <= end:
            nodes.append((level, start >> level))
            start += 1 << level
        level -= 1
    return nodes


def consistency_path(old, size):
    """The subtrees (start, end) whose hashes prove that the tree of `old` leaves became that of `size`."""
    path, start, end = [], 0, size
    if old in (0, size):
        return path
    while end != old:
        middle = start + (1 << ((end - start - 1).bit_length() - 1))
        if old <= middle:
            path.append((middle, end))
            end = middle
        else:
            path.append((start, middle))
            start = middle
    if start > 0:
        path.append((start, end))
    return path[::-1]


def inclusion_holds(proof, index, size, leaf, root):
    """RFC 9162 section 2.1.3.2: `leaf` is the hash of the record at `index` in the tree of `size` with `root`."""
    if not 0 <= index < size or any(len(sibling) != 32 for sibling in proof):
        return False
    position, last, made = index, size - 1, leaf
    for sibling in proof:
        if last == 0:
            return False
        if position % 2 == 1 or position == last:
            made = node_hash(sibling, made)
            while position % 2 == 0 and position != 0:
                position, last = position >> 1, last >> 1
        else:
            made = node_hash(made, sibling)
        position, last = position >> 1, last >> 1
    return last == 0 and made == root


def consistency_holds(proof, old_size, old_root, size, root):
    """RFC 9162 section 2.1.4.2; any tree continues the empty one, by the empty proof."""
    if not 0 <= old_size <= size or any(len(sibling) != 32 for sibling in proof):
        return False
    if old_size == 0:
        return proof == [] and old_root == EMPTY_ROOT
    if old_size == size:
        return proof == [] and old_root == root
    position, last = old_size - 1, size - 1
    while position % 2 == 1:
        position, last = position >> 1, last >> 1
    path = [old_root] + proof if position == 0 else proof
    if path == []:
        return False
    before = after = path[0]
    for sibling in path[1:]:
        if last == 0:
            return False
        if position % 2 == 1 or position == last:
            before, after = node_hash(sibling, before), node_hash(sibling, after)
            while position % 2 == 0 and position != 0:
                position, last = position >> 1, last >> 1
        else:
            after = node_hash(after, sibling)
        position, last = position >> 1, last >> 1
    return last == 0 and before == old_root and after == root


# --------------------------------------------------------------------------------------------------- tiles
# c2sp.org/tlog-tiles: tile/<level>/<index> holds up to 256 hashes of the nodes at tree level 8 * level, and
# tile/entries/<index> up to 256 records, each as two bytes of length and its bytes. Less than 256: .p/<width>.

ENTRIES = "entries"


def tile_path(level, index, width):
    digits = str(index)
    digits = digits.zfill(-(-len(digits) // 3) * 3)
    groups = [digits[i : i + 3] for i in range(0, len(digits), 3)]
    path = "/".join(["x" + group for group in groups[:-1]] + groups[-1:])
    return "tile/%s/%s%s" % (level, path, "" if width == 256 else ".p/%d" % width)


def parse_tile_path(path):
    """Level, index and width; a path that the tile would not have itself is refused."""
    form = r"tile/(entries|[0-9]{1,2})/((?:x[0-9]{3}/){0,5}[0-9]{3})(?:\.p/([0-9]{1,3}))?"
    parts = re.fullmatch(form, path, re.ASCII)
    if parts is None:
        raise Malformed("not a tile's path")
    level = ENTRIES if parts[1] == ENTRIES else int(parts[1])
    index, width = int(re.sub("[x/]", "", parts[2])), int(parts[3] or 256)
    fits = index <= MAX_INTEGER and 0 < width <= 256 and (level == ENTRIES or level < 64)
    if not fits or tile_path(level, index, width) != path:
        raise Malformed("not a tile's path in its one form")
    return level, index, width


def tile_width(level, index, size):
    """How many hashes (or records) this tile has in a tree of this size; 0 when there is no such tile."""
    total = size if level == ENTRIES else size >> (8 * level)
    return max(0, min(total - index * 256, 256))


def decode_hash_tile(data, width):
    if len(data) != 32 * width:
        raise Malformed("a tile of %d hashes has %d bytes" % (width, len(data)))
    return [data[i : i + 32] for i in range(0, len(data), 32)]


def decode_entries(data, width):
    leaves, offset = [], 0
    while offset < len(data):
        if offset + 2 > len(data):
            raise Malformed("an entry bundle ends inside a length")
        end = offset + 2 + int.from_bytes(data[offset : offset + 2], "big")
        if end > len(data):
            raise Malformed("an entry bundle ends inside an entry")
        leaves.append(data[offset + 2 : end])
        offset = end
    if len(leaves) != width:
        raise Malformed("%d entries in a bundle of %d" % (len(leaves), width))
    return leaves


def hash_in_tile(hashes, start, end):
    """The hash over neighbouring hashes of a tile, a power of two of them."""
    row = hashes[start:end]
    while len(row) > 1:
        row = [node_hash(row[i], row[i + 1]) for i in range(0, len(row), 2)]
    return row[0]


def tile_root(hashes):
    return fold([hash_in_tile(hashes, i << level, (i + 1) << level) for level, i in nodes_of(0, len(hashes))])


# ------------------------------------------------------------------------------------- the bundle as files

READ_ERRORS = (OSError, EOFError, ValueError, RuntimeError, OverflowError, zipfile.BadZipFile, zlib.error, struct.error)


def is_safe_path(path):
    """Plain relative names only: nothing hidden, no "..", no absolute or Windows forms."""
    return len(path) <= 200 and matches(r"[A-Za-z0-9_-][A-Za-z0-9._-]*(?:/[A-Za-z0-9_-][A-Za-z0-9._-]*)*", path)


class Folder:
    """A folder as a bundle. Only plain files inside of it are read, and no symbolic link is followed."""

    def __init__(self, path):
        self.root = os.path.realpath(path)

    def locate(self, path):
        if not is_safe_path(path):
            return None
        file = os.path.join(self.root, *path.split("/"))
        try:
            plain = stat.S_ISREG(os.lstat(file).st_mode) and os.path.realpath(file) == file
        except OSError:
            return None
        return file if plain else None

    def has(self, path):
        return self.locate(path) is not None

    def open(self, path):
        return open(self.locate(path), "rb")

    def names(self):
        folders = [""]
        while folders:
            inside = folders.pop()
            with os.scandir(os.path.join(self.root, inside)) as entries:
                for entry in sorted(entries, key=lambda one: one.name):
                    path = inside + "/" + entry.name if inside else entry.name
                    if entry.is_dir(follow_symlinks=False):
                        folders.append(path)
                    else:
                        yield path.replace(os.sep, "/")


class Zip:
    """A zip as a bundle; a folder that encloses everything is looked through. Nothing is unpacked to the disk."""

    def __init__(self, path):
        self.zip = zipfile.ZipFile(path)
        self.entries = {}
        for entry in self.zip.infolist():
            name = entry.orig_filename
            if entry.flag_bits & 1:
                raise ValueError("the zip is encrypted")
            if name in self.entries:
                raise ValueError("the zip has two files named " + name[:100])
            if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                raise ValueError("a file of the zip is packed in an unknown way")
            if not name.endswith("/"):
                self.entries[name] = entry
        self.prefix = self.enclosing_folder()

    def enclosing_folder(self):
        if "manifest.json" in self.entries or not self.entries:
            return ""
        first, slash, _ = next(iter(self.entries)).partition("/")
        prefix = first + slash
        enclosed = slash and prefix + "manifest.json" in self.entries
        return prefix if enclosed and all(name.startswith(prefix) for name in self.entries) else ""

    def has(self, path):
        return self.prefix + path in self.entries

    def open(self, path):
        return self.zip.open(self.entries[self.prefix + path])

    def names(self):
        return [name[len(self.prefix) :] for name in self.entries]


def reason(error):
    """A sentence's end for a report: one line, not long."""
    return (str(error).split("\n")[0] or type(error).__name__)[:200]


def read_small(source, path, limit):
    """A whole file that has to be there and has to be small."""
    if not source.has(path):
        raise Stop("file_missing", file=path)
    try:
        with source.open(path) as file:
            data = file.read(limit + 1)
    except READ_ERRORS as error:
        raise Stop("bundle_unreadable", file=path, detail=reason(error)) from None
    if len(data) > limit:
        raise Stop("file_too_large", file=path)
    return data


class Files:
    """The bundle's files seen through the signed manifest. Each is hashed by whoever reads it first; what nobody
    has read is read at the end, so that every file is hashed exactly once."""

    def __init__(self, source, manifest, failures):
        self.source, self.failures = source, failures
        self.listed = manifest.files
        self.unread = dict.fromkeys(self.listed)
        self.missing = set()

    def stream(self, path):
        """The file in pieces. When it is not there, that is noted once and nothing comes."""
        if path not in self.listed or not self.source.has(path):
            self.unread.pop(path, None)
            if path not in self.missing:
                self.failures.add("file_missing", file=path)
            self.missing.add(path)
            return
        digest, size = self.listed[path]
        counted, running, length = path in self.unread, hashlib.sha256(), 0
        try:
            with self.source.open(path) as file:
                while length <= size:
                    piece = file.read(CHUNK)
                    if not piece:
                        break
                    length += len(piece)
                    if counted:
                        running.update(piece)
                    yield piece
        except READ_ERRORS as error:
            self.unread.pop(path, None)
            self.failures.add("bundle_unreadable", file=path, detail=reason(error))
            return
        if path in self.unread:
            del self.unread[path]
            self.compare(path, length, running.hexdigest())

    def compare(self, path, length, found):
        digest, size = self.listed[path]
        if length != size:
            self.failures.add("file_changed", file=path, detail="%d B" % length)
        elif found != digest:
            self.failures.add("file_changed", file=path, detail="SHA-256 " + found)
        if path.startswith("agreements/") and path != "agreements/" + digest:
            self.failures.add("agreement_wrong", file=path)

    def read(self, path, limit):
        """A whole small file, or None when it is not there."""
        data = b""
        for piece in self.stream(path):
            data += piece
            if len(data) > limit:
                raise Stop("file_too_large", file=path)
        return None if path in self.missing else data

    def check_rest(self):
        for path in list(self.unread):
            for _ in self.stream(path):
                pass
        try:
            for path in self.source.names():
                if path not in self.listed and path not in ("manifest.json", "manifest.note"):
                    self.failures.add("file_unlisted" if is_safe_path(path) else "file_name_unsafe", file=path)
        except READ_ERRORS as error:
            self.failures.add("bundle_unreadable", detail=reason(error))


class Lines:
    """Lines of a stream, split at 0x0A only; never more than one piece and one line in memory."""

    def __init__(self, pieces, path, limit):
        self.pieces, self.path, self.limit = iter(pieces), path, limit
        self.rest, self.start = b"", 0
        self.unterminated = False  # the file has bytes after its last line feed; they came as a last line

    def next(self):
        """The next line without its line feed, or None at the end."""
        while True:
            end = self.rest.find(b"\n", self.start)
            if end >= 0:
                line = self.rest[self.start : end]
                self.start = end + 1
                return line
            self.rest, self.start = self.rest[self.start :], 0
            if len(self.rest) > self.limit:
                raise Stop("file_too_large", file=self.path)
            piece = next(self.pieces, None)
            if piece is None:
                break
            self.rest += piece
        if self.rest == b"":
            return None
        self.unterminated = True
        line, self.rest = self.rest, b""
        return line


# ------------------------------------------------------------------------------------------------ manifest
# manifest.json has one form only, so it is matched as text instead of being parsed: nothing hostile in it is ever
# built up in memory, and a member that stands twice or an unknown one cannot hide.

STRING = r'("(?:[^"\\\x00-\x1f]|\\["\\bfnrt]|\\u00[01][0-9a-f]){0,12000}")'
NUMBER = r"(0|[1-9][0-9]{0,15})"
MANIFEST_HEAD = re.compile(
    r'\{\n "format": "quanheng-export@1",\n "log": %(s)s,\n "size": %(n)s,\n'
    r' "range": \{\n  "from": %(n)s,\n  "to": %(n)s\n \},\n "filter": (null|\{\n[^\x00]{0,9000}?\n \}),\n'
    r' "who": \{\n  "role": %(s)s,\n  "party": %(s)s,\n  "user": %(s)s\n \},\n'
    r' "when": %(s)s,\n "why": %(s)s,\n "files": \[' % {"s": STRING, "n": NUMBER}
)
MANIFEST_FILE = re.compile(
    r'\n  \{\n   "path": "([A-Za-z0-9._/-]{1,200})",\n   "sha256": "([0-9a-f]{64})",\n   "bytes": %s\n  \}(,?)' % NUMBER
)


class Filter:
    """A bundle with a filter holds all records of some threads of the whole log, and no others: of `keys`, and of
    every trade that a record of theirs names. `index` tells whether a record of type `index.sealed` counts them:
    it is the one at `record`, its map covers the first `size` records and has this `root`."""

    def __init__(self, text):
        refuse_deep(text)
        try:
            value = json.loads(text, parse_int=small_integer, parse_float=no_float, parse_constant=no_float)
            printed = json.dumps(value, indent=1).replace("\n", "\n ")
        except ValueError:
            raise Malformed("the filter is not JSON") from None
        if printed != text or list(value) != ["kind", "keys", "index"]:
            raise Malformed("the filter is not in its one form")
        self.kind, self.keys, self.index = value["kind"], value["keys"], value["index"] is not None
        if self.kind not in ("trade", "listing", "party") or not isinstance(self.keys, list):
            raise Malformed("the filter has an unexpected form")
        if not 1 <= len(self.keys) <= 4 or not all(matches(KEY, key) for key in self.keys):
            raise Malformed("the filter's keys have an unexpected form")
        if sorted(set(self.keys)) != self.keys:
            raise Malformed("the filter's keys are not sorted, each once")
        self.record, self.size, self.root = None, 0, None
        if self.index:
            self.read_index(value["index"])

    def read_index(self, index):
        if not isinstance(index, dict) or list(index) != ["record", "size", "root"]:
            raise Malformed("the filter's index has an unexpected form")
        self.record, self.size, self.root = index["record"], index["size"], index["root"]
        if not is_count(self.record) or not is_count(self.size) or not is_hash(self.root) or self.size > self.record:
            raise Malformed("the filter's index has an unexpected form")


class Manifest:
    def __init__(self, text):
        head = MANIFEST_HEAD.match(text)
        if head is None:
            raise Malformed("not in its one form")
        self.log, role, party, user, when, why = [self.text_of(one) for one in head.group(1, 6, 7, 8, 9, 10)]
        self.filter = None if head[5] == "null" else Filter(head[5])
        self.size, self.start, self.end = [int(one) for one in head.group(2, 3, 4)]
        long = any(utf16_length(one) > 2000 for one in (role, party, user, why))
        if long or not is_origin(self.log) or not is_time(when):
            raise Malformed("a member has an unexpected form")
        if not self.start <= self.end <= self.size <= MAX_INTEGER:
            raise Malformed("the range lies outside of the log")
        if self.filter is not None and (self.start, self.end) != (0, self.size):
            raise Malformed("a filter is of the whole log")
        if self.filter is not None and self.filter.index and not self.filter.record < self.size:
            raise Malformed("the index lies outside of the log")
        self.files = {}  # path: (SHA-256, bytes)
        self.read_files(text, head.end())

    @staticmethod
    def text_of(quoted):
        text = json.loads(quoted)
        if canonical_string(text) != quoted:
            raise Malformed("not in its one form")
        return text

    def read_files(self, text, at):
        before, more = "", text[at : at + 1] == "\n"
        empty = not more
        while more:
            file = MANIFEST_FILE.match(text, at)
            if file is None or not is_safe_path(file[1]) or int(file[3]) > MAX_INTEGER:
                raise Malformed("a file is not told in its one form")
            if file[1] <= before:
                raise Malformed("files are not sorted by path, each once")
            before, at, more = file[1], file.end(), file[4] == ","
            self.files[file[1]] = (file[2], int(file[3]))
        if text[at:] != ("]\n}\n" if empty else "\n ]\n}\n"):
            raise Malformed("not in its one form")


def manifest_note_text(log, manifest):
    return "quanheng-export-manifest/v1\n%s\n%s\n" % (log, sha256(manifest).hex())


# ------------------------------------------------------------------------------------------------ failures
# Codes and sentences are those of `quanheng verify`; "#" stands for the detail.

SENTENCES = {
    "bundle_unreadable": ("The bundle cannot be read: #.", "无法读取导出包：#。"),
    "file_missing": ("The file is missing from the bundle.", "导出包中缺少该文件。"),
    "file_too_large": ("The file is larger than its kind can be.", "文件大小超出该类文件的上限。"),
    "file_changed": ("The file is not the one in the signed manifest; found: #.", "文件与已签名清单不一致；实际为：#。"),
    "file_unlisted": ("The file is not in the signed manifest.", "文件未列入已签名清单。"),
    "file_name_unsafe": ("The file's name is not allowed in a bundle.", "导出包中不允许使用该文件名。"),
    "manifest_malformed": ("The manifest cannot be read: #.", "清单无法读取：#。"),
    "manifest_changed": ("The manifest is not the one that was signed.", "清单与签名时的内容不一致。"),
    "manifest_signature_bad": ("The manifest's signature is wrong.", "清单签名错误。"),
    "manifest_not_signed_by_key": ("The manifest is not signed by your key.", "清单不是由您所持公钥对应的密钥签名。"),
    "manifest_disagrees": ("The manifest and the checkpoint disagree: #.", "清单与检查点不一致：#。"),
    "key_malformed": ("The verifier key cannot be read: #.", "验证公钥无法读取：#。"),
    "checkpoint_malformed": ("The checkpoint cannot be read: #.", "检查点无法读取：#。"),
    "checkpoint_signature_bad": ("The checkpoint's signature is wrong.", "检查点签名错误。"),
    "checkpoint_not_signed_by_key": (
        "The checkpoint is not signed by the key that you brought.",
        "检查点不是由您提供的公钥对应的密钥签名。",
    ),
    "checkpoint_by_former_key": (
        "The checkpoint is signed only by a key that the log had given up before.",
        "检查点仅由日志此前已停用的密钥签名。",
    ),
    "rotation_malformed": ("The proof of a change of keys cannot be read: #.", "密钥更换证明无法读取：#。"),
    "rotation_proof_wrong": (
        "The proof does not lead from the record that changes the key to its checkpoint.",
        "证明不能从密钥更换记录推导到其检查点。",
    ),
    "rotation_not_by_former_key": (
        "The change of keys is not signed by the key before: it did not announce the new one.",
        "密钥更换未经原密钥签名：原密钥并未公告新密钥。",
    ),
    "rotation_not_by_new_key": (
        "The change of keys is not signed by the new key: nothing shows that the log has it.",
        "密钥更换未经新密钥签名：无法证明日志持有新密钥。",
    ),
    "rotation_out_of_order": (
        "The change of keys does not follow from the one before, or from your key: number #.",
        "密钥更换与前一次更换（或您的公钥）不衔接：第 # 次。",
    ),
    "rotation_not_in_log": (
        "The log does not continue the checkpoint under which its key was changed: #.",
        "日志与其更换密钥时的检查点不连续：#。",
    ),
    "rotation_unproven": (
        "The record changes the log's key, and the bundle does not show that both keys signed it.",
        "该记录更换日志密钥，但导出包未能证明新旧两把密钥均已签名。",
    ),
    "cosignature_bad": (
        "The checkpoint carries a wrong signature under a witness's name: #.",
        "检查点上以见证方名义的联署有误：#。",
    ),
    "quorum_missing": (
        "Too few of your policy's witnesses have cosigned the checkpoint; missing: #.",
        "联署该检查点的见证方未达到您的策略要求；缺少：#。",
    ),
    "root_mismatch": ("The tree's root is not the one in the checkpoint.", "树根与检查点不一致。"),
    "since_malformed": ("The checkpoint that you kept cannot be read: #.", "您保存的检查点无法读取：#。"),
    "since_other_log": ("The checkpoint that you kept is of another log: #.", "您保存的检查点属于另一日志：#。"),
    "since_signature_bad": ("The checkpoint that you kept is not signed by your key.", "您保存的检查点并非由您的公钥签名。"),
    "since_newer": (
        "The log has become shorter: the checkpoint that you kept has more records: #.",
        "日志变短：您保存的检查点记录数更多：#。",
    ),
    "since_inconsistent": (
        "The log does not continue the checkpoint that you kept: its past was changed.",
        "日志与您保存的检查点不连续：历史已被更改。",
    ),
    "since_not_provable": (
        "The bundle holds no proof from the checkpoint that you kept: #.",
        "导出包中没有从您保存的检查点出发的证明：#。",
    ),
    "consistency_wrong": ("The consistency proof is wrong: #.", "一致性证明错误：#。"),
    "record_malformed": ("The record is not a canonical record: #.", "记录不符合规范格式：#。"),
    "record_of_other_log": ("The record belongs to another log: #.", "记录属于另一日志：#。"),
    "record_index_wrong": ("The record says another position: #.", "记录所载序号不符：#。"),
    "record_missing": ("The record is missing; the next one found, or the end, is #.", "记录缺失；其后找到的记录或末尾为 #。"),
    "record_out_of_order": (
        "The record stands in a wrong place or twice: expected was #.",
        "记录位置错误或重复：此处应为记录 #。",
    ),
    "record_beyond_range": (
        "The record lies outside of the exported range, which ends before #.",
        "记录超出导出范围（至 # 之前）。",
    ),
    "chain_broken": (
        "The record's link to the one before does not fit: the chain is broken here.",
        "记录与前一条的哈希链接不符：链在此处断开。",
    ),
    "not_in_tree": ("The record's bytes are not those in the log's tree.", "记录内容与日志哈希树不一致。"),
    "time_backwards": ("The record was sealed before the one before it.", "封存时间早于前一条记录。"),
    "thread_broken": ("The record's place in thread # does not fit.", "记录在线索 # 中的次序不符。"),
    "index_wrong": (
        "The record's map of all threads is not that of the log; it should be: #.",
        "记录所载线索总表与日志不符，应为：#。",
    ),
    "record_not_asked_for": (
        "The record belongs to none of the threads that were asked for.",
        "该记录不属于所申请的任何线索。",
    ),
    "thread_record_missing": (
        "The record belongs to thread # and is missing from the bundle.",
        "该记录属于线索 #，但导出包中缺少它。",
    ),
    "thread_incomplete": (
        "Records of a thread are missing or too many, by the sealed index; records and last one, in the bundle and by"
        " the index: #.",
        "按线索总表，线索的记录有缺失或多余；导出包与总表所载条数及末条分别为：#。",
    ),
    "thread_not_counted": (
        "The bundle does not show how many records the sealed index counts in thread #.",
        "导出包未给出线索总表中该线索的记录数：#。",
    ),
    "index_line_malformed": ("A line of the sealed index cannot be read: #.", "线索总表的行无法读取：#。"),
    "index_proof_wrong": (
        "The line does not lead to the root of the sealed index: bucket #.",
        "该行不能推导到线索总表的根：第 # 组。",
    ),
    "index_not_named": (
        "The record is not the sealed index that the manifest names.",
        "该记录不是清单所指的线索总表。",
    ),
    "tile_mismatch": ("The hash tile does not agree with the records below it.", "哈希块与其下的记录不一致。"),
    "tile_malformed": ("The tile cannot be read: #.", "数据块无法读取：#。"),
    "entry_mismatch": ("The published entry is not the record.", "公开条目与记录不一致。"),
    "csv_mismatch": ("The row in the table is not that of the record.", "表格中的行与记录不一致。"),
    "disclosure_malformed": ("The opened value cannot be read: #.", "披露内容无法读取：#。"),
    "disclosure_wrong": ("The opened value is not the one committed to: #.", "披露内容与承诺值不符：#。"),
    "disclosure_stray": ("The opened value belongs to no record of the range: #.", "披露内容不对应范围内任何记录：#。"),
    "agreement_wrong": ("The agreement's text does not have the hash of its name.", "合同文本与其哈希文件名不符。"),
    "certificate_malformed": ("The certificate cannot be read: #.", "存证证明无法读取：#。"),
    "certificate_without_record": ("The certificate does not carry its record.", "存证证明未包含记录内容。"),
    "proof_wrong": ("The proof does not lead from the record to the checkpoint.", "证明不能从记录推导到检查点。"),
}


class Failures:
    """All failures are counted; the first ones are kept, so that a bundle full of them does not fill the memory."""

    def __init__(self):
        self.kept, self.count = [], 0

    def add(self, code, record=None, file=None, detail=""):
        self.count += 1
        if len(self.kept) < SHOWN:
            self.kept.append((code, record, file, detail))


# -------------------------------------------------------------------------------------------------- audits


class ChainAudit:
    """What each record says about those before it. Keeps two numbers per thread, not per record."""

    def __init__(self, failures, log, start):
        self.failures, self.log = failures, log
        self.previous = bytes(32) if start == 0 else None  # the hash that comes next; None where not known
        self.last_at = ""
        self.threads = {}  # key: (n, index of its last record)
        self.assumed_before = start  # a key not met yet may continue a record before this one, which was not read
        self.not_understood = set()  # records at hand of unknown versions: a thread may go on after one of them
        self.moved = set()  # keys whose thread has grown since the map of threads was last compared

    def forget(self):
        """A record that is not understood may continue any thread: what follows is assumed once per key."""
        self.assumed_before = float("inf")
        self.threads.clear()

    def check_envelope(self, leaf):
        if leaf["log"] != self.log:
            self.failures.add("record_of_other_log", record=leaf["index"], detail=leaf["log"])
        if self.previous is not None and self.previous.hex() != leaf["prev"]:
            self.failures.add("chain_broken", record=leaf["index"])

    def check_members(self, leaf):
        if leaf["at"] < self.last_at:
            self.failures.add("time_backwards", record=leaf["index"])
        self.last_at = leaf["at"]
        self.check_threads(leaf, leaf["threads"])

    def check_threads(self, leaf, threads):
        for key, n, previous in threads:
            if key in self.threads:
                fits = self.threads[key] == (n - 1, previous)
            else:
                fits = previous is None or previous < self.assumed_before
            if not fits and not self.follows_unknown(key, n, previous):
                self.failures.add("thread_broken", record=leaf["index"], detail=key)
            self.threads[key] = (n, leaf["index"])
            self.moved.add(key)

    def follows_unknown(self, key, n, previous):
        before, index = self.threads.get(key, (0, -1))
        return previous in self.not_understood and n > before + 1 and previous > index


MAP_DEPTH = 16


class ThreadMap:
    """Which threads a log has, how many records each, and where the last one lies. A key's bucket is the first two
    bytes of its SHA-256. A bucket's text has a line "key n index" for each of its keys, sorted. The root is that of
    the RFC 6962 tree over the texts of all 65,536 buckets, most of which are empty."""

    EMPTY = [leaf_hash(b"")]  # the hash of an empty subtree of each height
    for _ in range(MAP_DEPTH):
        EMPTY.append(node_hash(EMPTY[-1], EMPTY[-1]))

    def __init__(self):
        self.size, self.buckets = 0, {}  # how many keys; bucket: {key: (n, index)}
        self.nodes = {}  # (height, place): hash, where it is not empty

    @staticmethod
    def bucket_of(key):
        return int.from_bytes(sha256(key.encode())[:2], "big")

    @staticmethod
    def bucket_hash(entries):
        lines = ["%s %d %d\n" % (key, n, index) for key, (n, index) in sorted(entries.items())]
        return leaf_hash("".join(lines).encode())

    def node(self, height, place):
        return self.nodes.get((height, place), self.EMPTY[height])

    def root(self):
        return self.node(MAP_DEPTH, 0)

    def put(self, entries):
        """Takes up keys that are new or have moved: {key: (n, index)}."""
        changed = set()
        for key, place in entries.items():
            bucket = self.bucket_of(key)
            keys = self.buckets.setdefault(bucket, {})
            self.size += key not in keys
            keys[key] = place
            changed.add(bucket)
        for bucket in changed:
            self.nodes[0, bucket] = self.bucket_hash(self.buckets[bucket])
        for height in range(MAP_DEPTH):
            changed = {place >> 1 for place in changed}
            for place in changed:
                left, right = self.node(height, 2 * place), self.node(height, 2 * place + 1)
                self.nodes[height + 1, place] = node_hash(left, right)


class MapAudit:
    """Builds the map of threads again and compares it with each record `index.sealed@1`, by which an export of some
    threads can show that none of their records is missing. The map in a record is that of the log up to and with
    the record of this type before it; the first is empty."""

    def __init__(self, failures, chain, start):
        self.failures, self.chain, self.map = failures, chain, ThreadMap()
        self.known = start == 0  # whether all records so far were read and understood
        self.next = (0, 0, self.map.root().hex())

    def check(self, leaf):
        """To be called once the record's own threads were taken up by the chain."""
        body = leaf["body"]
        said = (body.get("size"), body.get("keys"), body.get("root"))
        if not self.known or not is_count(said[0]) or not is_count(said[1]) or not is_hash(said[2]):
            return
        if said != self.next:
            self.failures.add("index_wrong", record=leaf["index"], detail="%d, %d, %s" % self.next)
        self.map.put({key: self.chain.threads[key] for key in self.chain.moved})
        self.chain.moved = set()
        self.next = (leaf["index"] + 1, self.map.size, self.map.root().hex())


class MissingTile(Exception):
    """The bundle does not hold a tile, or not a readable one; it was told already."""


class TreeAudit:
    """Ties the records to the signed root. The tiles at the right edge of the tree must give the root; the tiles
    above the two ends of the range must stand in their parents; every other hash is made from the records and
    compared with the tile that holds it. One tile per level is in memory."""

    def __init__(self, files, failures, checkpoint, start, end):
        self.files, self.failures = files, failures
        self.size, self.root, self.start, self.end = checkpoint.size, checkpoint.root, start, end
        self.above = {}  # level: (index, hashes or None) of the tile above the current record
        self.edge = None  # the hashes of the perfect subtrees that the records so far fall into, or None: unknown
        self.position = start
        self.block = []

    def levels(self):
        level = 0
        while self.size >> (8 * level) > 0:
            yield level
            level += 1

    def read_tile(self, level, index):
        width = tile_width(level, index, self.size)
        if width == 0:
            return None
        path = tile_path(level, index, width)
        data = self.files.read(path, 256 * 32)
        if data is None:
            return None
        try:
            return decode_hash_tile(data, width)
        except Malformed as error:
            self.failures.add("tile_malformed", file=path, detail=str(error))
            return None

    def place_of(self, level, index):
        """The tile in which a node of the tree is found, and the hashes in it that it covers."""
        count = 1 << (level % 8)
        first = index * count
        return level // 8, first // 256, first % 256, first % 256 + count

    def read_nodes(self, nodes):
        """The hashes of nodes, from the tiles."""
        hashes = []
        for level, index in nodes:
            tile_level, tile_index, start, end = self.place_of(level, index)
            tile = self.read_tile(tile_level, tile_index)
            if tile is None:
                raise MissingTile
            hashes.append(hash_in_tile(tile, start, end))
        return hashes

    def open(self):
        try:
            edge = self.read_nodes(nodes_of(0, self.size))
            if (fold(edge) if edge else EMPTY_ROOT) != self.root:
                self.failures.add("root_mismatch", file="checkpoint")
        except MissingTile:
            pass
        self.edge = [] if self.start == 0 else None
        if self.start == self.end:
            return
        for record in sorted({self.start, self.end - 1}):
            self.check_parents(record)
        try:
            if self.start > 0:
                self.edge = self.read_nodes(nodes_of(0, self.start))
        except MissingTile:
            pass

    def check_parents(self, record):
        """From the tile above a record upwards: the hash of each full tile stands in its parent."""
        child = None
        for level in self.levels():
            index = record >> (8 * (level + 1))
            parent = self.read_tile(level, index)
            if child is not None and parent is not None and len(child[1]) == 256:
                place = child[0] % 256
                if place >= len(parent) or tile_root(child[1]) != parent[place]:
                    self.failures.add("tile_mismatch", file=tile_path(level - 1, child[0], 256))
            child = None if parent is None else (index, parent)

    def load(self, record):
        """To be called before the first record of each block of 256, and before the first of all."""
        self.flush()
        for level in self.levels():
            index = record >> (8 * (level + 1))
            if self.above.get(level, (None,))[0] != index:
                self.above[level] = (index, self.read_tile(level, index))

    def seek(self, record):
        """For records that are no neighbours, in rising order: loads the tiles above one, each checked against its
        parent; one that is not full lies at the right edge, which was checked as a whole."""
        changed = []
        for level in self.levels():
            index = record >> (8 * (level + 1))
            if self.above.get(level, (None,))[0] == index:
                break
            self.above[level] = (index, self.read_tile(level, index))
            changed.append(level)
        for level in changed:
            index, hashes = self.above[level]
            _, parent = self.above.get(level + 1, (None, None))
            if hashes is None or parent is None or len(hashes) < 256:
                continue
            if index % 256 >= len(parent) or parent[index % 256] != tile_root(hashes):
                self.failures.add("tile_mismatch", file=tile_path(level, index, 256))

    def fits(self, record, made):
        told = self.hash_at(record)
        return told is None or told == made

    def hash_at(self, record):
        """The hash that the tiles hold for a record of the loaded block, or None."""
        index, hashes = self.above.get(0, (None, None))
        if hashes is None or index != record >> 8 or record % 256 >= len(hashes):
            return None
        return hashes[record % 256]

    def add(self, record, made):
        """Adds the next record's hash; None for one that is missing. False when the tiles hold another one: theirs
        is then carried on, so that one changed record is not told again at every level above."""
        told = self.hash_at(record)
        carried = made if told is None else told
        if carried is None:
            self.edge = None
        else:
            self.block.append(carried)
        return told is None or made is None or told == made

    def flush(self):
        if self.edge is not None:
            for made in self.block:
                self.append(made)
        self.block = []

    def append(self, made):
        """One more leaf: it and each perfect subtree that it completes are joined to the edge."""
        level, index = 0, self.position
        while index % 2 == 1:
            made = node_hash(self.edge.pop(), made)
            level, index = level + 1, index >> 1
            if level % 8 == 0:
                self.compare_node(level // 8, index, made)
        self.edge.append(made)
        self.position += 1

    def compare_node(self, level, index, made):
        tile_index, hashes = self.above.get(level, (None, None))
        if hashes is None or tile_index != index >> 8:
            return
        if index % 256 >= len(hashes) or hashes[index % 256] != made:
            path = tile_path(level, tile_index, len(hashes))
            self.failures.add("tile_mismatch", file=path)

    def finish(self):
        """Where the bundle holds the whole log: its root, made from its records."""
        self.flush()
        if self.edge is None or self.start > 0 or self.position != self.size:
            return
        if (fold(self.edge) if self.edge else EMPTY_ROOT) != self.root:
            self.failures.add("root_mismatch", file="records.jsonl")

    def consistency_from(self, old):
        """A consistency proof out of the bundle's tiles, or None when they do not reach that far."""
        parts = [nodes_of(start, end) for start, end in consistency_path(old, self.size)]
        for level, index in [node for part in parts for node in part]:
            tile_level, tile_index, _, _ = self.place_of(level, index)
            width = tile_width(tile_level, tile_index, self.size)
            if tile_path(tile_level, tile_index, width) not in self.files.listed:
                return None
        try:
            return [fold(self.read_nodes(part)) for part in parts]
        except MissingTile:
            return None


class EntryAudit:
    """Compares the entry bundles of the published log with the records, 256 at a time."""

    def __init__(self, files, failures, tree):
        self.files, self.failures, self.tree = files, failures, tree
        self.leaves = {}

    def flush(self, record):
        """To be called after the last record of each bundle. Entries outside of the range are compared with the
        tree instead."""
        index, tree = record // 256, self.tree
        width = tile_width(ENTRIES, index, tree.size)
        path = tile_path(ENTRIES, index, width)
        data = self.files.read(path, 256 * (2 + MAX_LEAF))
        try:
            entries = [] if data is None else decode_entries(data, width)
        except Malformed as error:
            self.failures.add("tile_malformed", file=path, detail=str(error))
            entries = []
        for place, entry in enumerate(entries):
            at = index * 256 + place
            if tree.start <= at < tree.end:
                fits = at not in self.leaves or self.leaves[at] == entry  # a missing record was told of already
            else:
                told = tree.hash_at(at)
                fits = told is None or leaf_hash(entry) == told
            if not fits:
                self.failures.add("entry_mismatch", record=at, file=path)
        self.leaves = {}


class TableAudit:
    """records.csv, which is read beside the records, must say of each what the record says."""

    NAME = "records.csv"
    HEADER = "index,at,occurredAt,type,threads,actor,body,leafHash"

    def __init__(self, files, failures):
        self.failures = failures
        self.lines = Lines(files.stream(self.NAME), self.NAME, 256 * 1024) if self.NAME in files.listed else None
        self.waiting, self.started = None, False  # waiting: (index, text) of the next row

    def check(self, leaf, made):
        if self.lines is None:
            return
        self.skip_to(leaf["index"])
        if self.waiting != (leaf["index"], self.row_of(leaf, made)):
            self.failures.add("csv_mismatch", record=leaf["index"], file=self.NAME)
        if self.waiting is not None and self.waiting[0] == leaf["index"]:
            self.waiting = None

    @staticmethod
    def row_of(leaf, made):
        actor = leaf["actor"]
        fields = [
            str(leaf["index"]),
            leaf["at"],
            leaf["occurredAt"],
            leaf["type"],
            " ".join("%s#%d" % (key, n) for key, n, _ in leaf["threads"]),
            "system:" + actor["job"] if "job" in actor else actor["role"],
            canonical(leaf["body"]),
            made.hex(),
        ]
        return ",".join('"%s"' % one.replace('"', '""') if '"' in one or "," in one else one for one in fields)

    def skip_to(self, index, understood=True):
        """Rows before the record belong to no record; rows of records that are not understood are let pass."""
        if self.lines is None:
            return
        while True:
            if self.waiting is None:
                self.waiting = self.next_row()
            if self.waiting is None or self.waiting[0] > index or (self.waiting[0] == index and understood):
                return
            if self.waiting[0] < index:
                record = self.waiting[0] if self.waiting[0] >= 0 else None
                self.failures.add("csv_mismatch", record=record, file=self.NAME)
            self.waiting = None

    def next_row(self):
        if not self.started:
            self.started = True
            header = self.lines.next()
            if header is not None and header != self.HEADER.encode():
                self.failures.add("csv_mismatch", file=self.NAME)
        line = self.lines.next()
        if line is None:
            return None
        text = outcome(from_utf8, line)
        number = re.match(r"[0-9]{1,16},", text)
        return (int(number[0][:-1]) if number else -1), text


class OpeningsAudit:
    """disclosures.jsonl, sorted by record: each opened value must be the one that its record committed to."""

    NAME = "disclosures.jsonl"

    def __init__(self, files, failures):
        self.failures, self.checked = failures, 0
        self.lines = Lines(files.stream(self.NAME), self.NAME, 4 * CHUNK) if self.NAME in files.listed else None
        self.waiting = None

    def check(self, leaf):
        self.skip_to(leaf["index"])
        while self.waiting is not None and self.waiting["index"] == leaf["index"]:
            if disclosure_fits(self.waiting, leaf) != "fits":
                self.fail("disclosure_wrong", leaf["index"], self.waiting["path"])
            self.checked += 1
            self.waiting = self.read()

    def skip_to(self, index, not_understood=None):
        """Values before the record belong to none, except to one that is not understood."""
        if self.waiting is None:
            self.waiting = self.read()
        while self.waiting is not None and self.waiting["index"] < index:
            if self.waiting["index"] != not_understood:
                self.fail("disclosure_stray", self.waiting["index"], self.waiting["path"])
            self.waiting = self.read()

    def read(self):
        while self.lines is not None:
            line = self.lines.next()
            if line is None:
                return None
            try:
                return decode_disclosure(line)
            except Malformed as error:
                self.fail("disclosure_malformed", None, str(error))
        return None

    def fail(self, code, record, detail):
        self.failures.add(code, record=record, file=self.NAME, detail=detail)


class Erased:
    """Counts what the records tell of erasures: how many values and accounts they name, and the first records."""

    MEMBERS = ["basis", "kind", "places", "reason", "version"]
    PLACE = r"(?:0|[1-9][0-9]{0,14})#/(?:actor|body/[a-zA-Z]{1,40})"
    CODE = r"[a-zA-Z][a-zA-Z0-9_.-]{0,63}"

    def __init__(self):
        self.values, self.accounts, self.records = 0, 0, []

    def check(self, leaf):
        if leaf["type"] != "data.erased@1" or not self.is_body(leaf["body"]):
            return
        self.accounts += leaf["body"]["kind"] == "account"
        self.values += len(leaf["body"]["places"])
        if len(self.records) < 20:
            self.records.append(leaf["index"])

    def is_body(self, body):
        return (
            sorted(body) == self.MEMBERS
            and is_count(body["version"])
            and body["version"] >= 1
            and body["kind"] in ("account", "field")
            and matches(self.CODE, body["reason"])
            and matches(self.CODE, body["basis"])
            and isinstance(body["places"], list)
            and all(matches(self.PLACE, place) for place in body["places"])
        )

    def told(self):
        return {"values": self.values, "accounts": self.accounts, "records": self.records}


def count_unknown(unknown, leaf):
    kind = "v%d" % leaf["v"]
    unknown["count"] += 1
    if unknown["first"] is None:
        unknown["first"] = leaf["index"]
    if kind not in unknown["kinds"] and len(unknown["kinds"]) < 20:
        unknown["kinds"].append(kind)


class RecordsAudit:
    """Reads records.jsonl once, and what runs beside it, and checks each record in every way."""

    NAME = "records.jsonl"

    def __init__(self, files, failures, checkpoint, manifest, tree, rotations):
        self.files, self.failures, self.tree, self.rotations = files, failures, tree, rotations
        self.start, self.end = manifest.start, manifest.end
        self.chain = ChainAudit(failures, checkpoint.origin, self.start)
        self.map = MapAudit(failures, self.chain, self.start)
        self.entries = EntryAudit(files, failures, tree)
        self.table = TableAudit(files, failures)
        self.openings = OpeningsAudit(files, failures)
        self.lines = Lines(files.stream(self.NAME), self.NAME, MAX_LEAF)
        self.expected = self.start  # the position that comes next
        self.ahead = None  # a line that was looked at before its turn
        self.records, self.missing = 0, 0
        self.unknown = {"count": 0, "first": None, "kinds": []}
        self.erased = Erased()

    def run(self):
        listed = self.files.listed.get(self.NAME, (None, 0))[1]
        if (self.end - self.start) * 200 > listed:  # fewer bytes than any record has: not worth walking through
            raise Stop("manifest_disagrees", file=self.NAME, detail="%d records" % (self.end - self.start))
        if self.expected < self.end:
            self.tree.load(self.expected)
        line = self.lines.next()
        while line is not None:
            self.check(line)
            line, self.ahead = self.ahead or self.lines.next(), None
        if self.lines.unterminated:
            detail = "no final newline"
            self.failures.add("record_malformed", record=self.expected - 1, file=self.NAME, detail=detail)
        self.pass_missing(self.end)
        if self.end > self.start and self.end % 256 != 0:
            self.entries.flush(self.end - 1)
        self.tree.finish()
        self.table.skip_to(float("inf"))
        self.openings.skip_to(float("inf"))

    def check(self, line):
        leaf, problem = None, None
        try:
            leaf = decode_leaf(line)
        except Malformed as error:
            problem = str(error)
        index = self.place_of(None if leaf is None else leaf["index"])
        if index is None:
            return
        self.records += 1
        made = leaf_hash(line)
        if leaf is None:
            self.failures.add("record_malformed", record=index, detail=problem)
        else:
            self.chain.check_envelope(leaf)
        in_tree = self.tree.add(index, made)
        if not in_tree:
            self.failures.add("not_in_tree", record=index)
        self.entries.leaves[index] = line
        if leaf is None or leaf["index"] != index:
            self.pass_not_understood(index)
        elif is_known_version(leaf):
            self.chain.check_members(leaf)
            if leaf["type"] == "index.sealed@1":
                self.map.check(leaf)
            check_rotation_record(leaf, self.rotations, self.failures)
            self.table.check(leaf, made)
            self.openings.check(leaf)
            self.erased.check(leaf)
        else:
            count_unknown(self.unknown, leaf)
            self.pass_not_understood(index)
        self.advance(made if in_tree else self.tree.hash_at(index))

    def place_of(self, said):
        """The line's position, or None when it has none: it stands twice, too late, or beyond the range."""
        if self.expected >= self.end:
            record = self.expected if said is None else said
            self.failures.add("record_beyond_range", record=record, detail=str(self.end))
            return None
        if said is None or said == self.expected:
            return self.expected
        if self.next_follows():
            self.failures.add("record_index_wrong", record=self.expected, detail=str(said))
            return self.expected
        if said >= self.end:
            self.failures.add("record_beyond_range", record=said, detail=str(self.end))
        elif said < self.expected:
            self.failures.add("record_out_of_order", record=said, detail=str(self.expected))
        else:
            self.pass_missing(said)
            return said
        return None

    def next_follows(self):
        """Whether the line after this one goes on as if this one were the expected record."""
        if self.ahead is None:
            self.ahead = self.lines.next()
        try:
            return self.ahead is not None and decode_leaf(self.ahead)["index"] == self.expected + 1
        except Malformed:
            return False

    def pass_missing(self, until):
        self.missing += until - self.expected
        if self.missing > MAX_MISSING:
            raise Stop("record_missing", record=self.expected, detail=str(until))
        while self.expected < until:
            self.failures.add("record_missing", record=self.expected, detail=str(until))
            self.tree.add(self.expected, None)
            self.pass_not_understood(self.expected)
            self.advance(self.tree.hash_at(self.expected))

    def pass_not_understood(self, index):
        """A record that is missing, damaged or of a later version: what belongs to it in other files is let pass,
        and threads may go on from it."""
        self.chain.forget()
        self.map.known = False
        self.table.skip_to(index, understood=False)
        self.openings.skip_to(index + 1, not_understood=index)

    def advance(self, follows):
        """Goes on to the next position; `follows` is the hash that the next record must name."""
        self.chain.previous = follows
        self.expected += 1
        if self.expected % 256 == 0:
            self.entries.flush(self.expected - 1)
            if self.expected < self.end:
                self.tree.load(self.expected)


def decode_map_line(data):
    """A line of threads.jsonl: a bucket of the map of threads, its entries {key: (n, index)}, and the proof."""
    line = parse_canonical(from_utf8(data))
    if not isinstance(line, dict) or sorted(line) != ["bucket", "entries", "proof"]:
        raise Malformed("not bucket, entries and proof")
    bucket, entries, proof = line["bucket"], line["entries"], line["proof"]
    if not is_count(bucket) or bucket >= 2**MAP_DEPTH:
        raise Malformed("no bucket")
    if not isinstance(entries, list) or not all(is_map_entry(one) for one in entries):
        raise Malformed("a key's line is not key, n, index")
    keys = [key for key, _, _ in entries]
    if sorted(set(keys)) != keys:
        raise Malformed("keys are not sorted, each once")
    if not isinstance(proof, list) or len(proof) != MAP_DEPTH or not all(isinstance(one, str) for one in proof):
        raise Malformed("not a proof of %d hashes" % MAP_DEPTH)
    return bucket, {key: (n, index) for key, n, index in entries}, [from_base64(one) for one in proof]


def is_map_entry(value):
    if not isinstance(value, list) or len(value) != 3:
        return False
    key, n, index = value
    return isinstance(key, str) and "\n" not in key and is_count(n) and n >= 1 and is_count(index)


class FilteredAudit:
    """Checks a bundle that holds all records of some threads and no others: each record against the tree, and each
    thread link by link; that no thread has more before the end of the sealed index, by the index; and that none has
    more after it, by reading every record that follows. That the index counts rightly is not shown here, but by
    verifying an export of the whole log."""

    NAME, COUNTS = "records.jsonl", "threads.jsonl"

    def __init__(self, files, failures, checkpoint, manifest, tree, rotations):
        self.files, self.failures, self.tree, self.filter = files, failures, tree, manifest.filter
        self.rotations = rotations
        self.size = checkpoint.size
        self.wanted = set(self.filter.keys)
        self.chain = ChainAudit(failures, checkpoint.origin, 0)
        self.chain.previous = None  # the records are no neighbours: the tree holds their bytes, not the chain
        self.table = TableAudit(files, failures)
        self.openings = OpeningsAudit(files, failures)
        self.lines = Lines(files.stream(self.NAME), self.NAME, MAX_LEAF)
        self.line = None  # the next record of the bundle: its bytes, its index, and what it says if that is known
        self.last = -1
        self.records, self.scanned = 0, 0
        self.index_seen = False
        self.unknown = {"count": 0, "first": None, "kinds": []}
        self.erased = Erased()

    def run(self):
        self.read()
        while self.line is not None and self.line[1] < min(self.filter.size, self.size):
            self.check_next()
        counted = {key: self.chain.threads.get(key, (0, 0)) for key in self.wanted}
        self.scan_tail(self.filter.size)
        while self.line is not None:
            self.failures.add("record_beyond_range", record=self.line[1], detail=str(self.size))
            self.read()
        if self.filter.index:
            if not self.index_seen:
                self.failures.add("index_not_named", record=self.filter.record)
            self.check_counts(counted)
        self.table.skip_to(float("inf"))
        self.openings.skip_to(float("inf"))

    def read(self):
        """The next line that stands in its order. One that cannot be read has no place: it is told of and passed."""
        self.line = None
        while self.line is None:
            data = self.lines.next()
            if data is None:
                return
            try:
                leaf = decode_leaf(data)
            except Malformed as error:
                self.failures.add("record_malformed", file=self.NAME, detail=str(error))
                continue
            index = leaf["index"]
            if index <= self.last:
                self.failures.add("record_out_of_order", record=index, detail="> %d" % self.last)
                continue
            self.last = index
            self.chain.check_envelope(leaf)
            if not is_known_version(leaf):
                count_unknown(self.unknown, leaf)
            self.line = (data, index, leaf if is_known_version(leaf) else None)

    def check_next(self):
        data, index, leaf = self.line
        made = leaf_hash(data)
        self.tree.seek(index)
        if not self.tree.fits(index, made):
            self.failures.add("not_in_tree", record=index)
        self.records += 1
        if leaf is not None:
            if leaf["at"] < self.chain.last_at:
                self.failures.add("time_backwards", record=index)
            self.chain.last_at = leaf["at"]
            threads = self.threads_of(leaf)
            if not threads and not self.chain.not_understood:  # one of those may have named what this is about
                self.failures.add("record_not_asked_for", record=index)
            self.chain.check_threads(leaf, threads)
            self.table.check(leaf, made)
            self.openings.check(leaf)
            self.erased.check(leaf)
        else:  # it is one of the threads, but which, and what it says, is not known
            self.chain.not_understood.add(index)
            self.table.skip_to(index, False)
            self.openings.skip_to(index + 1, index)
        self.read()

    def threads_of(self, leaf):
        """The record's places in wanted threads. The trades that a record of the filter's own keys names are wanted
        too: the first record of a trade names the threads of its parties and its listing."""
        keys = [key for key, _, _ in leaf["threads"]]
        if any(key in self.filter.keys for key in keys):
            self.wanted.update(key for key in keys if key.startswith("trd_"))
        return [thread for thread in leaf["threads"] if thread[0] in self.wanted]

    def scan_tail(self, start):
        """Reads every record from `start` on, out of the entry bundles: those of the threads must be in the bundle."""
        for first in range(start - start % 256, self.size, 256):
            width = tile_width(ENTRIES, first // 256, self.size)
            path = tile_path(ENTRIES, first // 256, width)
            data = self.files.read(path, 256 * (2 + MAX_LEAF))
            if data is None:
                continue
            try:
                entries = decode_entries(data, width)
            except Malformed as error:
                self.failures.add("tile_malformed", file=path, detail=str(error))
                continue
            self.tree.seek(first)
            for place, entry in enumerate(entries):
                if not self.tree.fits(first + place, leaf_hash(entry)):
                    self.failures.add("entry_mismatch", record=first + place, file=path)
                if first + place >= start:
                    self.scan_entry(first + place, entry, path)

    def scan_entry(self, index, entry, path):
        self.scanned += 1
        while self.line is not None and self.line[1] < index:  # its entry stands in a bundle that could not be read
            self.check_next()
        here = self.line is not None and self.line[1] == index
        if here and self.line[0] != entry:
            self.failures.add("entry_mismatch", record=index, file=path)
        if here:
            self.check_next()
        try:
            leaf = decode_leaf(entry)
        except Malformed as error:
            return self.failures.add("record_malformed", record=index, detail=str(error))
        if not is_known_version(leaf):
            if not here:
                count_unknown(self.unknown, leaf)
            return
        missing = [] if here else self.threads_of(leaf)
        if missing:
            self.failures.add("thread_record_missing", record=index, detail=missing[0][0])
        check_rotation_record(leaf, self.rotations, self.failures)
        if index == self.filter.record and leaf["type"] == "index.sealed@1":
            said = (leaf["body"].get("size"), leaf["body"].get("root"))
            self.index_seen = said == (self.filter.size, self.filter.root)

    def check_counts(self, counted):
        """Compares how many records each thread has in the bundle, and where the last lies, with the sealed index."""
        buckets, before = {}, -1
        for key in self.wanted:
            buckets.setdefault(ThreadMap.bucket_of(key), []).append(key)
        lines = Lines(self.files.stream(self.COUNTS), self.COUNTS, 16 * CHUNK)
        data = lines.next()
        while data is not None:
            try:
                bucket, entries, proof = decode_map_line(data)
                if bucket <= before:
                    self.fail("index_line_malformed", "bucket %d again" % bucket)
                before = bucket
                made, root = ThreadMap.bucket_hash(entries), bytes.fromhex(self.filter.root)
                if not inclusion_holds(proof, bucket, 2**MAP_DEPTH, made, root):
                    self.fail("index_proof_wrong", str(bucket))
                else:
                    self.compare(entries, {key: counted.get(key, (0, 0)) for key in buckets.get(bucket, [])})
                buckets.pop(bucket, None)
            except Malformed as error:
                self.fail("index_line_malformed", str(error))
            data = lines.next()
        for keys in buckets.values():
            for key in keys:
                self.fail("thread_not_counted", key)

    def compare(self, sealed, counted):
        for key, found in counted.items():
            told = sealed.get(key, (0, 0))
            ends_unknown = told[1] in self.chain.not_understood and told[0] > found[0]
            if told != found and not ends_unknown:
                self.fail("thread_incomplete", "%s: %d (%d), %d (%d)" % ((key,) + found + told))

    def fail(self, code, detail):
        self.failures.add(code, file=self.COUNTS, detail=detail)


def decode_proof(data):
    """A file consistency/<from>-<to>, in the form in which a witness is asked (c2sp.org/tlog-witness): "old" and
    the size, the hashes, an empty line, and the signed checkpoint of that size."""
    head, separator, checkpoint = from_utf8(data).partition("\n\n")
    first, *lines = head.split("\n")
    old = re.fullmatch(r"old (0|[1-9][0-9]{0,15})", first)
    if old is None or separator == "" or len(lines) > 126:
        raise Malformed("it is not a proof")
    hashes = [from_base64(line) for line in lines]
    if any(len(one) != 32 for one in hashes) or int(old[1]) > MAX_INTEGER:
        raise Malformed("it is not a list of hashes")
    return int(old[1]), hashes, checkpoint.encode()


class ConsistencyAudit:
    """That the log continues what was told of it before."""

    LIMIT = 1_100_000

    def __init__(self, files, failures, checkpoint, keys, tree):
        self.files, self.failures, self.tree = files, failures, tree
        self.now, self.keys = checkpoint, keys  # keys: LogKeys

    def name_of(self, old_size):
        return "consistency/%d-%d" % (old_size, self.now.size)

    def holds(self, proof, old):
        return consistency_holds(proof, old.size, old.root, self.now.size, self.now.root)

    def check_kept_proofs(self):
        """Each proof that the bundle carries from an earlier export."""
        for path in [path for path in self.files.listed if path.startswith("consistency/")]:
            data = self.files.read(path, self.LIMIT)
            if data is None:
                continue
            try:
                self.check_proof(path, data)
            except Malformed as error:
                self.failures.add("consistency_wrong", file=path, detail=str(error))

    def check_proof(self, path, data):
        size, proof, signed = decode_proof(data)
        old = Checkpoint(signed)
        if size != old.size or path != self.name_of(old.size):
            raise Malformed("its sizes differ")
        if old.origin != self.now.origin:
            raise Malformed("it is of another log")
        if self.keys.judge(old) != "signed":
            raise Malformed("its checkpoint is not signed by the key")
        if not self.holds(proof, old):
            raise Malformed("the log does not continue it")

    def check_rotations(self, rotations):
        """The log continues the tree under which each change of its key was signed by both keys."""
        for one in rotations:
            old, path = one.handover, rotation_file(one.version)
            if old.size == self.now.size:
                continues = old.root == self.now.root
            else:
                proof = self.proof_from(old.size) if old.size < self.now.size else None
                continues = proof is not None and self.holds(proof, old)
            if not continues:
                self.failures.add("rotation_not_in_log", record=one.index, file=path, detail=str(old.size))
        read = [rotation_file(i + 1) for i in range(len(rotations) + 1)]  # reading ended at the last of these
        for path in self.files.listed:
            if path.startswith("rotations/") and path not in read:
                self.failures.add("rotation_out_of_order", file=path, detail=path[len("rotations/") :])

    def check_since(self, data):
        """The checkpoint that the reader kept; its size when the log continues it, else None."""
        fail = self.failures.add
        try:
            old = Checkpoint(data)
        except Malformed as error:
            return fail("since_malformed", detail=str(error))
        if old.origin != self.now.origin:
            return fail("since_other_log", detail=old.origin)
        if self.keys.judge(old) != "signed":
            return fail("since_signature_bad")
        if old.size > self.now.size:
            return fail("since_newer", detail="%d, %d" % (old.size, self.now.size))
        proof = self.proof_from(old.size)
        if proof is None:
            return fail("since_not_provable", detail=str(old.size))
        if not self.holds(proof, old):
            return fail("since_inconsistent")
        return old.size

    def proof_from(self, old_size):
        path = self.name_of(old_size)
        data = self.files.read(path, self.LIMIT) if path in self.files.listed else None
        if data is None:
            return self.tree.consistency_from(old_size)
        try:
            return decode_proof(data)[1]
        except Malformed as error:
            raise Stop("consistency_wrong", file=path, detail=str(error)) from None


# ---------------------------------------------------------------------------------------------- trust policy
# c2sp.org/tlog-policy, which the reader holds and no market hands out:
#     log <vkey> [<url>]   witness <name> <vkey> [<url>]   group <name> any|all|<k> <name>...   quorum <name>|none
# A misread policy would be a hole: an unknown line, a name that is not defined before, or twice, or a missing end is
# refused, and so is a witness's key of a kind that cannot be checked here. Names are octets, shown as they are read.


def shown(octets):
    try:
        return octets.encode("latin-1").decode("utf-8")
    except UnicodeDecodeError:
        return octets


class Policy:
    def __init__(self, data):
        if len(data) > 256 * 1024:
            raise Malformed("a policy is too long")
        if re.search(rb"[\x00-\x08\x0b-\x1f\x7f]", data):
            raise Malformed("a policy has control characters other than tab and newline")
        lines = data.decode("latin-1").split("\n")
        if lines.pop() != "":
            raise Malformed("a policy's last line has no end: it may be cut off")
        self.logs, self.witnesses, self.groups = [], {}, []  # witnesses: name to key; groups: name, number, members
        self.defined, self.taken, self.quorum = set(), set(), None
        for place, line in enumerate(lines):
            words = [word for word in re.split(r"[ \t]+", line) if word != ""]
            if not words or words[0].startswith("#"):
                continue
            try:
                self.read_line(words[0], words[1:])
            except Malformed as error:
                raise Malformed("line %d: %s" % (place + 1, error)) from None
        if self.quorum is None:
            raise Malformed("a policy has no quorum line")

    def read_line(self, kind, words):
        readers = {"log": self.read_log, "witness": self.read_witness, "group": self.read_group}
        readers["quorum"] = self.read_quorum
        if kind not in readers:
            raise Malformed("it begins with none of log, witness, group, quorum")
        readers[kind](words)

    def read_log(self, words):
        if len(words) not in (1, 2):
            raise Malformed("a log is its key and perhaps an address")
        self.logs.append(self.new_key(words[0], ED25519, self.logs))

    def read_witness(self, words):
        if len(words) not in (2, 3):
            raise Malformed("a witness is a name, its key and perhaps an address")
        key = self.new_key(words[1], COSIGNATURE, self.witnesses.values())
        self.define(words[0])
        self.witnesses[words[0]] = key

    @staticmethod
    def new_key(text, kind, known):
        key = parse_key(shown(text), kind)
        if any(one.public_key == key.public_key for one in known):
            raise Malformed("this key is named twice")
        return key

    def read_group(self, words):
        if len(words) < 3:
            raise Malformed("a group is a name, any, all or a number, and its members")
        name, rule, *members = words
        for member in members:
            if member not in self.defined:
                raise Malformed("%s is not defined before this line" % shown(member))
            if member in self.taken:
                raise Malformed("%s is a member already" % shown(member))
            self.taken.add(member)
        whole = int(rule) if re.fullmatch(r"[1-9][0-9]{0,5}", rule) else 0
        number = {"any": 1, "all": len(members)}.get(rule, whole)
        if not 1 <= number <= len(members):
            raise Malformed("its number is not from 1 to its members")
        self.define(name)
        self.groups.append((name, number, members))

    def define(self, name):
        if name == "none":
            raise Malformed("the name none has its own meaning")
        if name in self.defined:
            raise Malformed("%s is defined twice" % shown(name))
        self.defined.add(name)

    def read_quorum(self, words):
        if len(words) != 1:
            raise Malformed("a quorum is one name")
        if self.quorum is not None:
            raise Malformed("there is a quorum already")
        if words[0] != "none" and words[0] not in self.defined:
            raise Malformed("%s is not defined before this line" % shown(words[0]))
        self.quorum = words[0]

    def is_met(self, names):
        """Whether these witnesses, by their names, are enough."""
        if self.quorum == "none":
            return True
        names = set(names)
        for name, number, members in self.groups:
            if sum(1 for member in members if member in names) >= number:
                names.add(name)
        return self.quorum in names

    def keys_of(self, log):
        return [key for key in self.logs if key.name == log]


class Witnessed:
    """What the policy's witnesses have said of a checkpoint: who cosigned, and when last; and who did not."""

    def __init__(self, policy, checkpoint):
        note = checkpoint.note
        self.bad, self.cosigned = None, []
        for name, key in policy.witnesses.items():
            lines = [bytes_ for who, key_id, bytes_ in note.signatures if (who, key_id) == (key.name, key.id)]
            if not all(key.signed(note.text, line) for line in lines):
                self.bad = shown(name)
                break
            if lines:
                self.cosigned.append((name, max(int.from_bytes(line[:8], "big") for line in lines)))
        names = [] if self.bad else [name for name, _ in self.cosigned]
        self.missing = [shown(name) for name in policy.witnesses if name not in names]
        self.met = self.bad is None and policy.is_met(names)
        self.counts = self.met and policy.quorum != "none"

    def failure(self):
        """The code and the detail of what is wrong, or None."""
        if self.bad is not None:
            return "cosignature_bad", self.bad
        return None if self.met else ("quorum_missing", ", ".join(self.missing))


def trusted_keys(keys, policy, log):
    """Keys that this log's head may be signed with, None when the reader brought none: what both hold."""
    if policy is None or not policy.logs:
        return keys or None
    listed = policy.keys_of(log)
    own = [(key.name, key.public_key) for key in keys]
    return [key for key in listed if not own or (key.name, key.public_key) in own]


# ---------------------------------------------------------------------------------------- changes of the key
# A log takes another key by a record, `key.rotated`, that is the last one under a checkpoint which both keys signed:
# the handover. From that size on the new key has to sign. The n-th change of a log is the file rotations/<n>: a
# certificate (below) of its record under the handover.

REASONS = ("scheduled", "custody", "compromised")
VKEY = r"[a-z0-9/]{1,120}\+[0-9a-f]{8}\+[A-Za-z0-9+/]{44}"
MAX_ROTATIONS = 400
SIGNATURE_FAILURES = {
    "bad": "checkpoint_signature_bad",
    "unknown_key": "checkpoint_not_signed_by_key",
    "former_key": "checkpoint_by_former_key",
}


def rotation_file(number):
    return "rotations/%d" % number


class RotationError(Exception):
    """What is wrong with a change of keys: the code of a failure, the record, and the detail."""


class Rotation:
    """One change of keys, checked by itself; whether it follows the one before is checked by whoever has that."""

    def __init__(self, text):
        try:
            certificate = Certificate(text)
            if certificate.extra is None:
                raise Malformed("it does not carry its record")
            self.handover = Checkpoint(certificate.checkpoint)
            leaf = decode_leaf(certificate.extra)
            self.read(leaf, certificate)
        except Malformed as error:
            raise RotationError("rotation_malformed", None, str(error)) from None
        made = leaf_hash(certificate.extra)
        if not inclusion_holds(certificate.proof, self.index, self.handover.size, made, self.handover.root):
            raise RotationError("rotation_proof_wrong", self.index, "")
        for key, code in ((self.before, "rotation_not_by_former_key"), (self.after, "rotation_not_by_new_key")):
            if self.handover.note.signers([key]) != [key]:
                raise RotationError(code, self.index, "")

    def read(self, leaf, certificate):
        if not is_known_version(leaf) or leaf["type"] != "key.rotated@1":
            raise Malformed("its record is of another version or type")
        body = leaf["body"]
        if sorted(body) != ["from", "reason", "to", "version"] or not is_count(body["version"]) or body["version"] < 1:
            raise Malformed("its record's members")
        if body["reason"] not in REASONS or not matches(VKEY, body["from"]) or not matches(VKEY, body["to"]):
            raise Malformed("its record's members")
        if leaf["log"] != self.handover.origin:
            raise Malformed("its record is of another log")
        self.vkeys = (body["from"], body["to"])
        self.before, self.after = parse_key(body["from"]), parse_key(body["to"])
        if {self.before.name, self.after.name} != {leaf["log"]} or self.before.public_key == self.after.public_key:
            raise Malformed("its keys are not two of this log")
        if leaf["index"] != certificate.index:
            raise Malformed("its record says another position")
        if self.handover.size != leaf["index"] + 1:
            raise Malformed("its checkpoint does not end with its record")
        self.version, self.index, self.reason = body["version"], leaf["index"], body["reason"]
        self.time = leaf["at"]

    def follows(self, before):
        """Whether this is the next change after that one; before the first there is none."""
        if before is None:
            return True
        return (
            self.version == before.version + 1
            and self.index > before.index
            and self.handover.origin == before.handover.origin
            and self.before.public_key == before.after.public_key
        )


def read_rotations(source, checkpoint, failures):
    """The changes of keys that the bundle proves, from the first on, up to one that is wrong."""
    rotations = []
    while len(rotations) < MAX_ROTATIONS:
        path = rotation_file(len(rotations) + 1)
        if not source.has(path):
            break
        text = outcome(from_utf8, read_small(source, path, 1_100_000))
        try:
            one = Rotation("" if text == "malformed" else text)
            if one.handover.origin != checkpoint.origin:
                raise RotationError("rotation_malformed", None, "it is of another log")
            if one.version != len(rotations) + 1 or not one.follows(rotations[-1] if rotations else None):
                raise RotationError("rotation_out_of_order", one.index, str(one.version))
        except RotationError as error:
            code, record, detail = error.args
            failures.add(code, record=record, file=path, detail=detail)
            break
        rotations.append(one)
    return rotations


def check_rotation_record(leaf, rotations, failures):
    """A record that changes the key must be one whose change the bundle proves."""
    if leaf["type"] != "key.rotated@1":
        return
    body = leaf["body"]
    said = (leaf["index"], body.get("version"), (body.get("from"), body.get("to")))
    if said not in [(one.index, one.version, one.vkeys) for one in rotations]:
        failures.add("rotation_unproven", record=leaf["index"])


class LogKeys:
    """The keys that a log's checkpoints may be signed with. Where one of the reader's stands in the chain of changes,
    all of the chain is known: forward by the signature of the key before, back by that of the new one."""

    def __init__(self, anchors, rotations):
        chain = [rotations[0].before] + [one.after for one in rotations] if rotations else []
        sames = [(key.name, key.public_key) for key in anchors]
        self.places = [place for place, key in enumerate(chain) if (key.name, key.public_key) in sames]
        self.rotations = rotations if self.places else []
        self.known = chain if self.places else anchors
        self.astray = bool(chain) and bool(anchors) and not self.places

    def turn_at(self, size):
        return sum(1 for one in self.rotations if one.handover.size <= size)

    def at(self, size):
        """The keys of which one has to have signed a checkpoint of this size."""
        if not self.rotations:
            return self.known
        return [self.known[self.turn_at(size)]]

    def judge(self, checkpoint):
        """ "signed", "bad", "unknown_key", or "former_key": only by one that had been given up before."""
        signers = checkpoint.note.signers(self.known)
        if signers is None:
            return "bad"
        own = [key for key in signers if key.name == checkpoint.origin]
        if not own:
            return "unknown_key"
        return "signed" if any(key in own for key in self.at(checkpoint.size)) else "former_key"

    def is_compromised(self, size):
        """Whether each way from a key of the reader's leads through one that somebody else may have."""
        turn = self.turn_at(size)
        ways = [self.rotations[min(place, turn) : max(place, turn)] for place in self.places]
        return bool(ways) and all(any(one.reason == "compromised" for one in way) for way in ways)


# ----------------------------------------------------------------------------------- the whole verification


class Report:
    """What was found. `verdict` is "intact", "unauthenticated" or "broken"."""

    def __init__(self, own_keys=False):
        self.own_keys = own_keys  # whether the reader brought the keys
        self.witnessed = None
        self.failures = Failures()
        self.checkpoint = self.manifest = self.key = self.records = self.since = None
        self.signed = False
        self.rotations, self.compromised = [], False
        self.done = False

    @property
    def verdict(self):
        if self.failures.count > 0 or not self.done:
            return "broken"
        sure = not self.compromised or (self.witnessed is not None and self.witnessed.counts)
        return "intact" if self.signed and self.own_keys and sure else "unauthenticated"


def verify_bundle(source, keys, since=None, policy=None):
    """Verifies a Folder or a Zip. `keys` are the reader's own, or none, `policy` their Policy, or None; `since` is a
    kept checkpoint, as bytes."""
    report = Report()
    try:
        verify_parts(source, keys, since, policy, report)
        report.done = True
    except Stop as stop:
        report.failures.add(*stop.failure)
    return report


def verify_parts(source, keys, since, policy, report):
    failures = report.failures
    try:
        checkpoint = report.checkpoint = Checkpoint(read_small(source, "checkpoint", 1_100_000))
    except Malformed as error:
        raise Stop("checkpoint_malformed", file="checkpoint", detail=str(error)) from None
    rotations = report.rotations = read_rotations(source, checkpoint, failures)
    brought = trusted_keys(keys, policy, checkpoint.origin)
    report.own_keys = brought is not None
    keys = LogKeys([read_own_key(source)] if brought is None else brought, rotations)
    report.key = (keys.at(checkpoint.size) or [None])[0]
    report.compromised = report.own_keys and keys.is_compromised(checkpoint.size)
    signature = keys.judge(checkpoint)
    report.signed = signature == "signed"
    if signature in SIGNATURE_FAILURES:
        failures.add(SIGNATURE_FAILURES[signature], file="checkpoint")
    if policy is not None:
        report.witnessed = Witnessed(policy, checkpoint)
        wrong = report.witnessed.failure()
        if wrong is not None:
            failures.add(wrong[0], file="checkpoint", detail=wrong[1])
    if keys.astray and report.signed:
        failures.add("rotation_out_of_order", file=rotation_file(1), detail="1")
    manifest = report.manifest = read_manifest(source, checkpoint, keys, failures)
    files = Files(source, manifest, failures)
    filtered = manifest.filter is not None
    start, end = (0, 0) if filtered else (manifest.start, manifest.end)
    tree = TreeAudit(files, failures, checkpoint, start, end)
    tree.open()
    audit = FilteredAudit if filtered else RecordsAudit
    report.records = audit(files, failures, checkpoint, manifest, tree, rotations)
    report.records.run()
    consistency = ConsistencyAudit(files, failures, checkpoint, keys, tree)
    consistency.check_rotations(rotations)
    consistency.check_kept_proofs()
    if since is not None:
        report.since = consistency.check_since(since)
    files.check_rest()


def read_text(data, path):
    try:
        return from_utf8(data)
    except Malformed as error:
        raise Stop("bundle_unreadable", file=path, detail=str(error)) from None


def read_own_key(source):
    text = read_text(read_small(source, "log.vkey", 4096), "log.vkey")
    try:
        return parse_key(text)
    except Malformed as error:
        raise Stop("key_malformed", file="log.vkey", detail=str(error)) from None


def read_manifest(source, checkpoint, keys, failures):
    data = read_small(source, "manifest.json", 256 * CHUNK)
    text = read_text(data, "manifest.json")
    check_manifest_note(read_small(source, "manifest.note", 1_100_000), data, checkpoint, keys, failures)
    try:
        manifest = Manifest(text)
    except Malformed as error:
        raise Stop("manifest_malformed", file="manifest.json", detail=str(error)) from None
    if (manifest.log, manifest.size) != (checkpoint.origin, checkpoint.size):
        detail = "%s %d, %s %d" % (manifest.log, manifest.size, checkpoint.origin, checkpoint.size)
        raise Stop("manifest_disagrees", file="manifest.json", detail=detail)
    return manifest


def check_manifest_note(data, manifest, checkpoint, keys, failures):
    log = checkpoint.origin
    try:
        note = parse_note(data)
    except Malformed as error:
        return failures.add("manifest_malformed", file="manifest.note", detail=str(error))
    signers = note.signers(keys.known)
    if signers is None:
        failures.add("manifest_signature_bad", file="manifest.note")
    elif not any(key in signers and key.name == log for key in keys.at(checkpoint.size)):
        failures.add("manifest_not_signed_by_key", file="manifest.note")
    if note.text != manifest_note_text(log, manifest):
        failures.add("manifest_changed", file="manifest.json")


# -------------------------------------------------------------------------------------------- certificates


class Certificate:
    """c2sp.org/tlog-proof: that one record is in the log. `extra` is the record, which the standard lets be
    absent (None); `proof` are the sibling hashes, leaf to root; `checkpoint` is the signed note, as bytes."""

    def __init__(self, text):
        if utf16_length(text) > 1_100_000:
            raise Malformed("a certificate is too long")
        head, separator, checkpoint = text.partition("\n\n")
        if separator == "":
            raise Malformed("a certificate has no empty line before its checkpoint")
        first, *lines = head.split("\n")
        if first != "c2sp.org/tlog-proof@v1":
            raise Malformed("not a tlog-proof, version 1")
        self.extra = None
        if lines and lines[0].startswith("extra "):
            self.extra = from_base64(lines.pop(0)[len("extra ") :])
            if self.extra == b"":
                raise Malformed("a certificate without extra data leaves the line away")
        index = re.fullmatch(r"index (0|[1-9][0-9]{0,15})", lines.pop(0) if lines else "")
        if index is None or int(index[1]) > MAX_INTEGER:
            raise Malformed("a certificate has no index")
        self.index, self.proof = int(index[1]), [from_base64(line) for line in lines]
        if len(self.proof) > 63 or any(len(sibling) != 32 for sibling in self.proof):
            raise Malformed("a certificate's proof is not a list of hashes")
        self.checkpoint = checkpoint.encode("utf-8", "surrogatepass")


class CertificateReport:
    """What was found of a certificate: `signed` by a key of the reader's, and the failures as Failures keeps them."""

    def __init__(self):
        self.signed, self.failures, self.certificate, self.head, self.leaf = False, [], None, None, None
        self.compromised, self.witnessed = False, None

    def add(self, code, record=None, detail=""):
        self.failures.append((code, record, None, detail))

    @property
    def verdict(self):
        if self.failures:
            return "broken"
        sure = not self.compromised or (self.witnessed is not None and self.witnessed.counts)
        return "intact" if self.signed and sure else "unauthenticated"


def verify_certificate(text, keys, record=None, rotations=(), policy=None):
    """`keys` are the reader's own, or none; `record` is the record where the certificate does not carry it;
    `rotations` are changes of the log's key, in their order; `policy` is the reader's Policy, or None."""
    report = CertificateReport()
    try:
        certificate = report.certificate = Certificate(text)
    except Malformed as error:
        report.add("certificate_malformed", detail=str(error))
        return report
    try:
        head = report.head = Checkpoint(certificate.checkpoint)
    except Malformed as error:
        report.add("checkpoint_malformed", detail=str(error))
        return report
    data, index = record if certificate.extra is None else certificate.extra, certificate.index
    if data is None:
        report.add("certificate_without_record", index)
        return report
    try:
        leaf = report.leaf = decode_leaf(data)
        if leaf["index"] != index:
            report.add("record_index_wrong", index, str(leaf["index"]))
        if leaf["log"] != head.origin:
            report.add("record_of_other_log", index, leaf["log"])
    except Malformed as error:
        report.add("record_malformed", index, str(error))
    if not inclusion_holds(certificate.proof, index, head.size, leaf_hash(data), head.root):
        report.add("proof_wrong", index)
    brought = trusted_keys(keys, policy, head.origin)
    keys = LogKeys(brought or [], rotations)
    signature, report.compromised = keys.judge(head), keys.is_compromised(head.size)
    report.signed = signature == "signed"
    if signature in SIGNATURE_FAILURES and (signature != "unknown_key" or brought is not None):
        report.add(SIGNATURE_FAILURES[signature])
    if policy is not None:
        report.witnessed = Witnessed(policy, head)
        wrong = report.witnessed.failure()
        if wrong is not None:
            report.add(wrong[0], detail=wrong[1])
    return report


def verify_certificate_json(text, keys, rotations=(), policy=None):
    """The form for programs: everything in it must follow from the tlog-proof that it carries as "proofText"; else
    a true proof could lend its name to a changed record beside it. "opened" are confidential values of the record,
    for whoever may read them: each must be the one that the record committed to."""
    report = CertificateReport()
    try:
        members = read_members(text)
        proof_text = members.get("proofText")
        if not isinstance(proof_text, str):
            raise Malformed("there is no proofText in it")
    except Malformed as error:
        report.add("certificate_malformed", detail=str(error))
        return report
    report = verify_certificate(proof_text, keys, None, rotations, policy)
    if report.certificate is None:
        return report
    own = described(report.certificate, proof_text)
    if "opened" in members:
        check_certified(members.pop("opened"), report)
    for name in sorted(set(own) | set(members)) if own else []:
        if name not in own or name not in members or outcome(canonical, members[name]) != canonical(own[name]):
            detail = 'its member "%s" does not follow from its proof' % name[:40]
            report.add("certificate_malformed", report.certificate.index, detail)
            break
    return report


def read_members(text):
    """The members of a JSON object in any layout. `7.0` is the integer 7, as readers in other languages have it."""
    if utf16_length(text) > MAX_GIVEN:
        raise Malformed("it is too long")
    refuse_deep(text)
    try:
        members = json.loads(text, parse_int=loose_number, parse_float=loose_number, parse_constant=no_float)
    except ValueError:
        raise Malformed("it is not JSON") from None
    return members if isinstance(members, dict) else {}


def loose_number(text):
    if re.fullmatch(r"-?[0-9]{1,16}", text, re.ASCII):
        return int(text)
    number = float(text)
    return int(number) if number.is_integer() and abs(number) <= MAX_INTEGER else number


def check_certified(given, report):
    """`given` is a list of {path, salt, value}, each place once, of a record of the known version."""
    index, leaf = report.certificate.index, report.leaf
    try:
        if leaf is None or not is_known_version(leaf) or not is_certified(given):
            raise Malformed("no list of values")
        for one in given:
            canonical([one["path"], one["value"]])
        wrong = [one["path"] for one in given if disclosure_fits(one, leaf) != "fits"]
    except Malformed:
        return report.add("certificate_malformed", index, 'its member "opened" cannot be read')
    for path in wrong:
        report.add("disclosure_wrong", index, path)


def is_certified(given):
    if not isinstance(given, list) or not 1 <= len(given) <= 200:
        return False
    for one in given:
        if not isinstance(one, dict) or sorted(one) != ["path", "salt", "value"]:
            return False
        if not isinstance(one["path"], str) or utf16_length(one["path"]) > 200:
            return False
        if not matches(r"[0-9a-f]{32}", one["salt"]):
            return False
    return len({one["path"] for one in given}) == len(given)


def described(certificate, proof_text):
    """What the form for programs says of a certificate; None where the record cannot be read."""
    if certificate is None or certificate.extra is None:
        return None
    leaf = outcome(decode_leaf, certificate.extra)
    if leaf == "malformed":
        return None
    return {
        "number": "%s#%d" % (leaf["log"].rpartition("/")[2], certificate.index),
        "log": leaf["log"],
        "index": certificate.index,
        "leafHash": leaf_hash(certificate.extra).hex(),
        "leaf": leaf,
        "proof": [to_base64(sibling) for sibling in certificate.proof],
        "checkpoint": certificate.checkpoint.decode("utf-8", "surrogatepass"),
        "proofText": proof_text,
    }


# --------------------------------------------------------------------------------------------- test vectors
# contracts/ledger/vectors/*.json of the source; README.md beside them tells what each list holds.


class Vectors:
    def __init__(self, folder):
        self.folder, self.checks, self.wrong = folder, 0, []
        self.levels = [[leaf_hash(self.record(i)) for i in range(65537)]]  # hashes of level 0, 8, 16 of the tree
        while len(self.levels[-1]) >= 256:
            row = self.levels[-1]
            self.levels.append([hash_in_tile(row, i, i + 256) for i in range(0, len(row) - 255, 256)])

    @staticmethod
    def record(i):
        return b"leaf %d" % i

    def root(self, size):
        tops = [self.node(level, index) for level, index in nodes_of(0, size)]
        return fold(tops) if tops else EMPTY_ROOT

    def node(self, level, index):
        start = index << (level % 8)
        return hash_in_tile(self.levels[level // 8], start, start + (1 << (level % 8)))

    def load(self, name):
        with open(os.path.join(self.folder, name + ".json"), encoding="utf-8") as file:
            return json.load(file)

    def expect(self, found, expected, *what):
        self.checks += 1
        if found != expected:
            self.wrong.append("%s: %r, not %r" % (": ".join(str(one) for one in what), found, expected))

    def run(self):
        self.check_leaves(self.load("leaf"))
        self.check_commitments(self.load("commitment"))
        self.check_tree(self.load("merkle"))
        self.check_notes(self.load("note"))
        self.check_tiles(self.load("tiles"))
        self.check_certificates(self.load("tlog-proof"))
        self.check_certificates_json(self.load("certificate-json"))
        self.check_erasures(self.load("erasure"))
        self.check_cosignatures(self.load("cosignature"))
        self.check_policies(self.load("policy"))
        self.check_rotations(self.load("key-rotation"))
        self.check_maps(self.load("thread-map"))

    def check_leaves(self, vectors):
        for kind in ("valid", "unknownVersion", "invalid"):
            for one in vectors[kind]:
                data = one["leaf"].replace("@@", "x" * one.get("pad", 0)).encode()
                self.expect(self.kind_of(data), kind, "leaf", one["why"])
                if "hash" in one:
                    self.expect(leaf_hash(data).hex(), one["hash"], "leaf hash", one["why"])
        for one in vectors["invalidBytes"]:
            self.expect(self.kind_of(bytes.fromhex(one["hex"])), "invalid", "leaf", one["why"])

    @staticmethod
    def kind_of(data):
        leaf = outcome(decode_leaf, data)
        return "invalid" if leaf == "malformed" else "valid" if is_known_version(leaf) else "unknownVersion"

    def check_commitments(self, vectors):
        for kind in ("valid", "invalid"):
            for one in vectors[kind]:
                made = commitment(bytes.fromhex(one["salt"]), one["path"], one["value"])
                self.expect(made == one["commit"], kind == "valid", "commitment", one["path"])
        leaf = decode_leaf(vectors["openings"]["leaf"].encode())
        for one in vectors["openings"]["lines"]:
            opened = outcome(decode_disclosure, one["line"].encode())
            found = opened if opened == "malformed" else disclosure_fits(opened, leaf)
            self.expect(found, one["result"], "opening", one["why"])

    def check_tree(self, vectors):
        for one in vectors["roots"]:
            self.expect(self.root(one["size"]).hex(), one["root"], "root", one["size"])
        for kind, holds in (("inclusion", True), ("invalidInclusion", False)):
            for one in vectors[kind]:
                proof = [bytes.fromhex(sibling) for sibling in one["proof"]]
                text = one.get("leaf", "leaf %d" % one["index"]).encode()
                root = self.root(one["size"]) if holds else bytes.fromhex(one["root"])
                found = inclusion_holds(proof, one["index"], one["size"], leaf_hash(text), root)
                self.expect(found, holds, kind, one.get("why"), one["index"], one["size"])
        for kind, holds in (("consistency", True), ("invalidConsistency", False)):
            for one in vectors[kind]:
                proof = [bytes.fromhex(sibling) for sibling in one["proof"]]
                old_root = self.root(one["old"]) if holds else bytes.fromhex(one["oldRoot"])
                root = self.root(one["size"]) if holds else bytes.fromhex(one["root"])
                found = consistency_holds(proof, one["old"], old_root, one["size"], root)
                self.expect(found, holds, kind, one.get("why"), one["old"], one["size"])
                if holds:
                    made = [self.subtree(start, end) for start, end in consistency_path(one["old"], one["size"])]
                    self.expect(made, proof, "made consistency", one["old"], one["size"])

    def subtree(self, start, end):
        return fold([self.node(level, index) for level, index in nodes_of(start, end)])

    def check_notes(self, vectors):
        key, second = parse_key(vectors["vkey"]), parse_key(vectors["secondVkey"])
        for one in vectors["validVkeys"]:
            read = parse_key(one["vkey"] + "\n")
            found = (read.name, read.id.hex(), read.public_key.hex())
            self.expect(found, (one["name"], one["keyId"], one["publicKey"]), "key", one["vkey"])
        for one in vectors["invalidVkeys"]:
            self.expect(outcome(parse_key, one["vkey"]), "malformed", "key", one["why"])
        for one in vectors["checkpoints"]:
            for signed in (one["signed"], one["cosigned"]):
                head = Checkpoint(signed.encode())
                found = (head.origin, head.size, head.root)
                self.expect(found, (vectors["name"], one["size"], self.root(one["size"])), "checkpoint", one["size"])
                for keys, result in (([key], "signed"), ([key, second], "signed"), ([], "unknown_key")):
                    self.expect(head.signed_by(keys), result, "checkpoint", one["size"], "signature")
        for one in vectors["rejected"]:
            head = outcome(Checkpoint, one["note"].encode())
            found = head if head == "malformed" else head.signed_by([key])
            self.expect(found, one["result"], "checkpoint", one["why"])
        for one in vectors["notes"]:
            note = outcome(parse_note, (one["note"] + one.get("line", "") * one.get("repeat", 0)).encode())
            found = note if note == "malformed" else note.verify([parse_key(vkey) for vkey in one["keys"]])
            self.expect("bad" if found is None else found, one["result"], "note", one["why"])

    def check_tiles(self, vectors):
        for one in vectors["paths"]:
            tile = (one["level"], one["index"], one["width"])
            self.expect(outcome(parse_tile_path, one["path"]), tile, "tile path", one["path"])
            self.expect(tile_path(*tile), one["path"], "tile path made", one["path"])
        for path in vectors["invalidPaths"]:
            self.expect(outcome(parse_tile_path, path), "malformed", "tile path", path)
        for one in vectors["entryBundles"]:
            entries = [bytes.fromhex(entry) for entry in one["entries"]]
            self.expect(outcome(decode_entries, bytes.fromhex(one["bundle"]), len(entries)), entries, "entries")
        for one in vectors["invalidEntryBundles"]:
            found = outcome(decode_entries, bytes.fromhex(one["bundle"]), one.get("width", 1))
            self.expect(found, "malformed", "entry bundle that", one["why"])
        for one in vectors["invalidHashTiles"]:
            found = outcome(decode_hash_tile, bytes.fromhex(one["tile"]), one["width"])
            self.expect(found, "malformed", "hash tile with", one["why"])
        for width in range(1, 257):
            widths = vectors["widths"]
            self.expect(self.tile_digest(0, 0, width), widths["hashes"][width - 1], "hash tile of width", width)
            self.expect(self.tile_digest(ENTRIES, 0, width), widths["entries"][width - 1], "entries of width", width)
        for one in vectors["trees"]:
            digests = {tile_path(*tile): self.tile_digest(*tile) for tile in self.tiles_of(one["size"])}
            listing = "".join("%s  %s\n" % (digest, path) for path, digest in digests.items())
            found = (len(digests), sha256(listing.encode()).hex())
            self.expect(found, (one["tiles"], one["listing"]), "tiles of size", one["size"])
            for tile in one["edge"]:
                self.expect(digests.get(tile["path"]), tile["sha256"], "tile", tile["path"])

    @staticmethod
    def tiles_of(size):
        levels = [level for level in range(7) if size >> (8 * level) > 0]
        for level in levels + [ENTRIES]:
            index = 0
            while tile_width(level, index, size) > 0:
                yield level, index, tile_width(level, index, size)
                index += 1

    def tile_digest(self, level, index, width):
        places = range(index * 256, index * 256 + width)
        if level == ENTRIES:
            entries = [self.record(i) for i in places]
            return sha256(b"".join(len(entry).to_bytes(2, "big") + entry for entry in entries)).hex()
        return sha256(b"".join(self.levels[level][i] for i in places)).hex()

    def check_maps(self, vectors):
        for one in vectors["cases"]:
            threads = ThreadMap()
            threads.put({key: (n, index) for key, n, index in one["entries"]})
            self.expect(threads.root().hex(), one["root"], "map of threads", one["name"])
            for shown in one["shown"]:
                what = ("map of threads", one["name"], shown["key"])
                self.expect(threads.bucket_of(shown["key"]), shown["bucket"], *what)
                made = threads.bucket_hash({key: (n, index) for key, n, index in shown["entries"]})
                proof = [from_base64(sibling) for sibling in shown["proof"]]
                holds = inclusion_holds(proof, shown["bucket"], 2**MAP_DEPTH, made, threads.root())
                self.expect(holds, True, *what)

    def check_cosignatures(self, vectors):
        log = parse_key(vectors["log"]["vkey"])
        witnesses = [parse_key(one["vkey"], COSIGNATURE) for one in vectors["witnesses"]]
        for key, one in zip(witnesses, vectors["witnesses"]):
            self.expect(key.name, one["name"], "witness")
        for one in vectors["invalidVkeys"]:
            self.expect(outcome(parse_key, one["vkey"], COSIGNATURE), "malformed", "witness key", one["why"])
        for one in vectors["checkpoints"]:
            names = Checkpoint(one["cosigned"].encode()).note.verify([log] + witnesses)
            self.expect(names, [log.name] + [key.name for key in witnesses], "cosigned checkpoint", one["size"])
        for one in vectors["judged"]:
            names = Checkpoint(one["note"].encode()).note.verify([log] + witnesses[:2])
            found = "bad" if names is None else ",".join(name for name in names if name != log.name)
            self.expect(found, one["result"], "cosignatures", one["why"])

    def check_policies(self, vectors):
        log = vectors["log"]
        for one in vectors["valid"]:
            policy = Policy(one["policy"].encode())
            keys = [key.public_key for key in policy.keys_of(log["name"])]
            self.expect(keys, [parse_key(log["vkey"]).public_key], "policy", one["why"], "its log")
            self.expect(policy.keys_of("quanheng/other/00000000"), [], "policy", one["why"], "another log")
            for case in one["cases"]:
                ids = [parse_key(vkey, COSIGNATURE).id for vkey in case["cosigned"]]
                names = [name for name, key in policy.witnesses.items() if key.id in ids]
                self.expect(policy.is_met(names), case["met"], "policy", one["why"], ", ".join(names))
        for one in vectors["invalid"]:
            self.expect(outcome(Policy, one["policy"].encode()), "malformed", "policy", one["why"])

    def check_rotations(self, vectors):
        def code(text):
            try:
                return Rotation(text)
            except RotationError as error:
                return error.args[0]

        for one in vectors["valid"]:
            found = code(one["proof"])
            told = (one["version"], one["index"], (one["from"], one["to"]), one["reason"])
            self.expect((found.version, found.index, found.vkeys, found.reason), told, "change", one["version"])
        for one in vectors["invalid"]:
            self.expect(code(one["proof"]), one["code"], "change", one["why"])
        for one in vectors["chains"]:
            chain = [code(proof) for proof in one["proofs"]]
            holds = all(later.follows(before) for before, later in zip(chain, chain[1:]))
            self.expect(holds, one["holds"], "chain", one["why"])
        changes = [code(one["proof"]) for one in vectors["valid"]]
        for one in vectors["heads"]:
            head = Checkpoint(one["note"].encode())
            for own in vectors["keys"]:
                keys = LogKeys([parse_key(own["vkey"])], changes)
                self.expect(keys.astray, own["name"] == "stranger", "head", one["why"], own["name"])
                if not keys.astray:
                    found = (keys.judge(head), keys.is_compromised(head.size))
                    told = (one["judged"], one["compromised"][own["name"]])
                    self.expect(found, told, "head", one["why"], own["name"])

    def check_certificates(self, vectors):
        keys = [parse_key(vectors["vkey"])]

        def codes(text, record=None):
            return [code for code, _, _, _ in verify_certificate(text, keys, record).failures]

        for one in vectors["valid"]:
            what = ("certificate", one["index"], one["size"])
            self.expect(codes(one["plain"], self.record(one["index"])), ["record_malformed"], *what)
            self.expect(codes(one["withRecord"]), ["record_malformed"], *what)
        for one in vectors["records"]:
            self.expect(codes(one["proof"], one["record"].encode()), [], "certificate of", one["why"])
        for one in vectors["invalid"]:
            self.expect(one["code"] in codes(one["proof"]), True, "certificate with", one["why"])

    def check_certificates_json(self, vectors):
        keys = [parse_key(vectors["vkey"])]
        for one in vectors["valid"] + vectors["invalid"]:
            report = verify_certificate_json(one["certificate"], keys)
            found = [[code, record] for code, record, _, _ in report.failures]
            self.expect(found, one.get("failures", []), "certificate for programs", one["why"])
            self.expect(report.verdict, "broken" if found else "intact", "certificate for programs", one["why"])

    def check_erasures(self, vectors):
        for one in vectors["cases"]:
            erased = Erased()
            for leaf in one["leaves"]:
                erased.check(decode_leaf(leaf.encode()))
            self.expect(erased.told(), one["erased"], "erasures", one["why"])


# ---------------------------------------------------------------------------------------- the command line

WORDS = {
    "en": {
        "intact": "Intact and signed by your key: %s.",
        "unauthenticated": "Intact, but not authenticated: the key came from the bundle (%s).",
        "compromised": "Intact, but not authenticated: your key has been given up because somebody else may have it, and"
        " could have announced another log's key. Get the newest key from someone you trust (%s).",
        "broken": "NOT INTACT: %d failures (%s).",
        "counts": "%d records, %d files, %d opened values",
        "unknown": "%d records (first %d) are of an unknown version (%s): hash, chain and root intact;"
        " a newer verifier can read them.",
        "range": "The bundle begins at record %d; what its threads were before it is assumed.",
        "filter": "It holds every record of %s (%s; %d threads).",
        "trade": "one trade",
        "listing": "one listing and its trades",
        "party": "one party and its trades",
        "filter scan": "Shown by reading all %d records of the log.",
        "filter index": "Before record %d that is what the index sealed in record %d counts; the %d records from there"
        " on were read one by one. That the index counts rightly is shown only by verifying an export of the whole log.",
        "erased": "Erased: %d confidential values and %d accounts, as told in records %s; their commitments stand and are"
        " right.",
        "since": "The log of %d records continues the checkpoint that you kept, of %d.",
        "cosigned": "Cosigned by %s.",
        "cosigned by none": "Cosigned by none of your policy's witnesses.",
        "not cosigned": " Not by %s.",
        "quorum": " Your policy's quorum is reached.",
        "no quorum": " Your policy's quorum is NOT reached.",
        "join": ", ",
        "rotation": "The log's key was changed in record %d (%s): from %s to %s, %s.",
        "scheduled": "as scheduled",
        "custody": "because other people or another machine hold it now",
        "stolen": "because somebody else may have the key before",
        "head": "Log: %s, %d records\nRoot: %s",
        "key": "Key: %s+%s",
        "record": "record %d",
        "file": "file %s",
        "more": "  ... and %d more failures",
        "meaning": "Not checked here: the meaning of the records (legal steps, held funds, the book)."
        " `quanheng verify`, verify.mjs and verify.html replay it.",
        "limits": "This shows that the records are complete and unchanged since they were sealed."
        " It cannot show that what was entered was true.",
        "certificate intact": "The record is in the log, and the log's head is signed by your key.",
        "certificate unauthenticated": "The record is in a log of this name, but without your key (--vkey) nothing"
        " shows who signed it.",
        "certificate compromised": "The record is in a log of this name, but your key has been given up because somebody"
        " else may have it: nothing shows who signed. Get the newest key from someone you trust.",
        "certificate broken": "NOT VALID.",
    },
    "zh": {
        "intact": "完好，且由您的公钥验证签名：%s。",
        "unauthenticated": "完好，但未经认证：公钥取自导出包本身（%s）。",
        "compromised": "完好，但未经认证：您的公钥对应的密钥可能已被他人掌握并停用，持有者可能冒名公告新密钥。"
        "请另行取得最新公钥（%s）。",
        "broken": "不完整：发现 %d 处问题（%s）。",
        "counts": "%d 条记录、%d 个文件、%d 个披露值",
        "unknown": "%d 条记录（首条 %d）为未知版本（%s）：哈希、链和树根完好；请使用更新的验证器解读。",
        "range": "导出包自记录 %d 起；此前各线索的次序按既定处理。",
        "filter": "其中包含%s的全部记录（%s；共 %d 条线索）。",
        "trade": "一笔交易",
        "listing": "一个挂牌及其交易",
        "party": "一个主体及其交易",
        "filter scan": "依据：已逐条读取日志全部 %d 条记录。",
        "filter index": "记录 %d 之前的部分，以记录 %d 封存的线索总表为准；其后 %d 条记录已逐条读取。"
        "线索总表本身是否正确，只能通过核验全部日志的导出来证明。",
        "erased": "已删除：%d 个保密值、%d 个个人账户，见记录 %s；相应承诺值仍在且无误。",
        "since": "该日志（%d 条）延续了您保存的检查点（%d 条）。",
        "cosigned": "已由见证方 %s 联署。",
        "cosigned by none": "您策略中的见证方均未签名。",
        "not cosigned": "未签名：%s。",
        "quorum": "已达到您策略要求的见证数。",
        "no quorum": "未达到您策略要求的见证数。",
        "join": "、",
        "rotation": "日志密钥已于记录 %d（%s）更换：由 %s 更换为 %s，%s。",
        "scheduled": "按计划更换",
        "custody": "因保管人员或设备变更",
        "stolen": "因原密钥可能已被他人掌握",
        "head": "日志：%s，%d 条记录\n树根：%s",
        "key": "公钥：%s+%s",
        "record": "记录 %d",
        "file": "文件 %s",
        "more": "  …… 另有 %d 处问题未列出",
        "meaning": "本程序不核验记录的含义（步骤是否合法、款项是否先收后付、账目是否平衡）；"
        "quanheng verify、verify.mjs 和 verify.html 会逐步重演。",
        "limits": "以上证明记录自封存以来完整且未被更改；不能证明当初录入的内容属实。",
        "certificate intact": "记录在日志中，且日志头由您的公钥验证签名。",
        "certificate unauthenticated": "记录在该名称的日志中；但未提供公钥（--vkey），无法证明由谁签名。",
        "certificate compromised": "记录在该名称的日志中；但您的公钥对应的密钥可能已被他人掌握并停用，无法证明由谁签名。"
        "请另行取得最新公钥。",
        "certificate broken": "证明无效。",
    },
}
EXIT_CODES = {"intact": 0, "broken": 1, "unauthenticated": 3}


class UsageError(Exception):
    """What the reader asked for cannot be carried out: told in one line, exit code 2."""


def printable(text):
    """Nothing out of a bundle may move the cursor of a terminal."""
    return "".join(one if one.isprintable() else "\ufffd" for one in text)


def failure_line(failure, language):
    code, record, file, detail = failure
    words, sentence = WORDS[language], SENTENCES[code][0 if language == "en" else 1]
    places = [words["record"] % record] if record is not None else []
    places += [words["file"] % file] if file is not None else []
    where = ", ".join(places) + ": " if places else ""
    return printable("  x %s%s [%s]" % (where, sentence.replace("#", detail), code))


def witness_line(witnessed, language):
    """Which of the policy's witnesses signed, and when; and whom it lacks."""
    words = WORDS[language]
    by = ["%s (%s)" % (shown(name), moment(time)) for name, time in ([] if witnessed.bad else witnessed.cosigned)]
    text = words["cosigned"] % words["join"].join(by) if by else words["cosigned by none"]
    text += words["not cosigned"] % words["join"].join(witnessed.missing) if witnessed.missing else ""
    return printable(text + words["quorum" if witnessed.met else "no quorum"])


def moment(seconds):
    """A witness may write any number; a year beyond 9999 is told as that number."""
    if seconds >= 253402300800:
        return str(seconds)
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(seconds))


def report_text(report, language):
    words, failures, records = WORDS[language], report.failures, report.records
    manifest, checkpoint = report.manifest, report.checkpoint
    numbers = (records.records, len(manifest.files), records.openings.checked) if records else (0, 0, 0)
    counts = words["counts"] % numbers
    broken = report.verdict == "broken"
    verdict = "compromised" if report.compromised else report.verdict
    lines = [words["broken"] % (failures.count, counts) if broken else words[verdict] % counts]
    if report.witnessed:
        lines.append(witness_line(report.witnessed, language))
    if records and records.unknown["count"] > 0:
        unknown = records.unknown
        lines.append(words["unknown"] % (unknown["count"], unknown["first"], ", ".join(unknown["kinds"])))
    if manifest and manifest.start > 0:
        lines.append(words["range"] % manifest.start)
    if manifest and manifest.filter and not broken:
        told = manifest.filter
        lines.append(words["filter"] % (words[told.kind], ", ".join(told.keys), len(records.wanted)))
        by_index = words["filter index"] % (told.size, told.record, records.scanned)
        lines.append(by_index if told.index else words["filter scan"] % records.scanned)
    if records and records.erased.records:
        told = records.erased
        named = words["join"].join(str(index) for index in told.records)
        lines.append(words["erased"] % (told.values, told.accounts, named))
    for one in report.rotations:
        why = words["stolen" if one.reason == "compromised" else one.reason]
        ids = (one.before.id.hex(), one.after.id.hex())
        lines.append(words["rotation"] % ((one.index, one.time) + ids + (why,)))
    if report.since is not None:
        lines.append(words["since"] % (checkpoint.size, report.since))
    if checkpoint:
        lines += ["", words["head"] % (checkpoint.origin, checkpoint.size, checkpoint.root.hex())]
    if report.key:
        lines.append(printable(words["key"] % (report.key.name, report.key.id.hex())))
    if failures.kept:
        lines.append("")
    lines += [failure_line(failure, language) for failure in failures.kept]
    if failures.count > len(failures.kept):
        lines.append(words["more"] % (failures.count - len(failures.kept)))
    return "\n".join(lines + ["", words["meaning"], words["limits"]])


def failure_json(failure):
    code, record, file, detail = failure
    told = {"code": code, "record": record, "file": file}
    told = {name: value for name, value in told.items() if value is not None}
    en, zh = SENTENCES[code]
    return dict(told, en=en.replace("#", detail), zh=zh.replace("#", detail))


def witnesses_json(witnessed):
    if witnessed is None:
        return None
    cosigned = [] if witnessed.bad else witnessed.cosigned
    told = [{"name": shown(name), "time": seconds} for name, seconds in cosigned]
    return {"met": witnessed.met, "cosigned": told, "missing": witnessed.missing}


def report_json(report):
    manifest, checkpoint, records, key = report.manifest, report.checkpoint, report.records, report.key
    return {
        "verdict": report.verdict,
        "failures": [failure_json(failure) for failure in report.failures.kept],
        "failureCount": report.failures.count,
        "log": checkpoint and checkpoint.origin,
        "size": checkpoint and checkpoint.size,
        "root": checkpoint and checkpoint.root.hex(),
        "range": manifest and {"from": manifest.start, "to": manifest.end},
        "key": key and {"name": key.name, "keyId": key.id.hex(), "from": "reader" if report.own_keys else "bundle"},
        "rotations": [
            {
                "record": one.index,
                "from": one.before.id.hex(),
                "to": one.after.id.hex(),
                "reason": one.reason,
                "at": one.time,
            }
            for one in report.rotations
        ],
        "compromised": report.compromised,
        "witnesses": witnesses_json(report.witnessed),
        "checked": {
            "files": len(manifest.files) if manifest else 0,
            "records": records.records if records else 0,
            "disclosures": records.openings.checked if records else 0,
            "since": report.since,
        },
        "unknown": records.unknown if records else {"count": 0, "first": None, "kinds": []},
        "erased": (records.erased if records else Erased()).told(),
        "openingAssumed": bool(manifest and manifest.start > 0),
        "meaning": "not checked",
    }


def read_given(path, limit=MAX_GIVEN):
    """A file that the reader named."""
    try:
        with open(path, "rb") as file:
            data = file.read(limit + 1)
    except (OSError, ValueError) as error:
        raise UsageError("%s cannot be read: %s" % (path, reason(error))) from None
    if len(data) > limit:
        raise UsageError("%s is too large for what it should be" % path)
    return data


def read_key(given):
    """A verifier key: the key itself, or a file that holds it."""
    try:
        return parse_key(given)
    except Malformed:
        pass
    try:
        return parse_key(from_utf8(read_given(given)))
    except Malformed as error:
        raise UsageError("%s: %s" % (given, error)) from None


def open_bundle(path):
    """The bundle's files, or what makes them unreadable, as a failed report."""
    if os.path.isdir(path):
        return Folder(path), None
    if not first_bytes(path).startswith(b"PK"):
        raise UsageError("%s is neither a folder, nor a zip, nor a certificate" % path)
    try:
        return Zip(path), None
    except READ_ERRORS as error:
        report = Report()
        report.failures.add("bundle_unreadable", detail=reason(error))
        return None, report


def first_bytes(path):
    try:
        with open(path, "rb") as file:
            return file.read(16)
    except (OSError, ValueError) as error:
        raise UsageError("%s cannot be read: %s" % (path, reason(error))) from None


def read_given_rotations(paths):
    """Changes of the log's key (/ledger/rotation/<n>), in their order."""
    rotations = []
    for path in paths:
        try:
            one = Rotation(from_utf8(read_given(path)))
        except (RotationError, Malformed) as error:
            code = error.args[0] if isinstance(error, RotationError) else "rotation_malformed"
            detail = error.args[2] if isinstance(error, RotationError) else str(error)
            raise UsageError("%s: %s" % (path, SENTENCES[code][0].replace("#", detail))) from None
        if rotations and not one.follows(rotations[-1]):
            raise UsageError("%s: it does not follow the one before" % path)
        rotations.append(one)
    return rotations


def read_policy(path):
    try:
        return Policy(read_given(path))
    except Malformed as error:
        raise UsageError("%s: %s" % (path, error)) from None


def check_certificate_file(path, keys, policy, rotations):
    """A certificate in either form; what is too long for one, or not UTF-8, is none."""
    try:
        with open(path, "rb") as file:
            data = file.read(MAX_GIVEN + 1)
        text = from_utf8(data) if len(data) <= MAX_GIVEN else None
    except OSError as error:
        raise UsageError("%s cannot be read: %s" % (path, reason(error))) from None
    except Malformed:
        text = None
    if text is None:
        report = CertificateReport()
        report.add("certificate_malformed", detail="it is too long, or not UTF-8")
        return report
    verify = verify_certificate_json if re.match(r"\s*\{", text) else verify_certificate
    return verify(text, keys, rotations=rotations, policy=policy)


def run_certificate(path, keys, policy, rotations, language, as_json):
    report = check_certificate_file(path, keys, policy, rotations)
    if as_json:
        index = report.certificate and report.certificate.index
        failures = [failure_json(failure) for failure in report.failures]
        told = {"verdict": report.verdict, "index": index, "failures": failures}
        print(json.dumps(dict(told, witnesses=witnesses_json(report.witnessed))))
        return EXIT_CODES[report.verdict]
    doubtful = report.compromised and report.verdict == "unauthenticated"
    print(WORDS[language]["certificate compromised" if doubtful else "certificate " + report.verdict])
    if report.witnessed:
        print(witness_line(report.witnessed, language))
    if report.head:
        print("\n" + WORDS[language]["head"] % (report.head.origin, report.head.size, report.head.root.hex()))
    for failure in report.failures:
        print(failure_line(failure, language))
    return EXIT_CODES[report.verdict]


def run_bundle(path, keys, policy, since, language, as_json):
    since = None if since is None else read_given(since)
    source, report = open_bundle(path)
    if source is not None:
        report = verify_bundle(source, keys, since, policy)
    print(json.dumps(report_json(report)) if as_json else report_text(report, language))
    return EXIT_CODES[report.verdict]


def run_vectors(folder):
    vectors = Vectors(folder)
    try:
        vectors.run()
    except (OSError, ValueError, KeyError) as error:
        raise UsageError("%s: %s" % (folder, reason(error))) from None
    for what in vectors.wrong:
        print("  x " + printable(what))
    print("%d of %d checks hold" % (vectors.checks - len(vectors.wrong), vectors.checks))
    return 1 if vectors.wrong else 0


def arguments(given):
    parser = argparse.ArgumentParser(
        prog="verify.py",
        description="Verifies an export bundle of a Quanheng ledger, or a certificate, without any network.",
        epilog="Exit code 0: intact and signed by your key. 3: intact, but without --vkey nothing shows who signed."
        " 1: not intact. 2: the command could not be carried out.",
    )
    parser.add_argument("path", nargs="?", help="a bundle (a folder or a .zip of it), or a certificate (.tlog-proof)")
    parser.add_argument("--vkey", help="the log's verifier key that you got earlier or elsewhere: a file or the key")
    parser.add_argument("--policy", metavar="FILE", help="your own trust policy (c2sp.org/tlog-policy)")
    parser.add_argument(
        "--rotation", metavar="FILE", action="append", default=[], help="for a certificate: a change of the log's key"
    )
    parser.add_argument("--since", metavar="CHECKPOINT", help="a checkpoint that you kept: the log has only grown since")
    parser.add_argument("--lang", choices=["zh", "en"], help="the language of the sentences")
    parser.add_argument("--json", action="store_true", help="one JSON object instead of sentences")
    parser.add_argument("--vectors", metavar="DIRECTORY", help="check this program against the published test vectors")
    args = parser.parse_args(given)
    if (args.path is None) == (args.vectors is None):
        parser.error("one PATH is needed")
    if args.lang is None:
        chinese = (os.environ.get("LC_ALL") or os.environ.get("LANG") or "").lower().startswith("zh")
        args.lang = "zh" if chinese else "en"
    return args


def main(given):
    args = arguments(given)
    try:
        if args.vectors is not None:
            return run_vectors(args.vectors)
        keys = [] if args.vkey is None else [read_key(args.vkey)]
        policy = None if args.policy is None else read_policy(args.policy)
        if not os.path.isdir(args.path) and re.match(rb"c2sp\.org/|\s*\{", first_bytes(args.path)):
            rotations = read_given_rotations(args.rotation)
            return run_certificate(args.path, keys, policy, rotations, args.lang, args.json)
        if args.rotation:
            raise UsageError("--rotation is for a certificate; a bundle holds its own")
        return run_bundle(args.path, keys, policy, args.since, args.lang, args.json)
    except UsageError as error:
        print("verify.py: %s" % printable(str(error)), file=sys.stderr)
        return 2
    except MemoryError:
        print("verify.py: there is not enough memory", file=sys.stderr)
        return 2


if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        code = main(sys.argv[1:])
        sys.stdout.flush()
    except BrokenPipeError:  # whoever read the output has stopped reading
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 2
    sys.exit(code)
