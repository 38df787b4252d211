#!/usr/bin/env node
/*! Quanheng, the one-file verifier. Apache-2.0. Built from contracts/ledger of the source repository.
 * Holds parts of zod (MIT, Colin McDonnell), canonicalize (Apache-2.0, Samuel Erdtman) and, in the browser,
 * @noble/hashes and @noble/curves (MIT, Paul Miller). */
import { Duplex } from "node:stream";
import { createInflateRaw } from "node:zlib";
import { lstat, open, readFile, readdir, realpath, stat } from "node:fs/promises";
import { basename, join, sep } from "node:path";
import { parseArgs } from "node:util";
import * as crypto from "node:crypto";
import { createReadStream } from "node:fs";

// contracts/bytes.ts
/** Bytes as text and back; nothing here depends on Node, so that the browser verifier can use it. */
const encoder = new TextEncoder();
const decoder$1 = new TextDecoder("utf-8", {
	fatal: true,
	ignoreBOM: true
});
const utf8 = (text) => encoder.encode(text);
/** Decodes strictly: throws TypeError on bytes that are not UTF-8, keeps a byte order mark as a character. */
const fromUtf8 = (bytes) => decoder$1.decode(bytes);
const hexDigits = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));
function toHex(bytes) {
	let text = "";
	for (const byte of bytes) text += hexDigits[byte];
	return text;
}
/** Lower-case hex only; anything else throws. */
function fromHex(text) {
	if (text.length % 2 !== 0 || !/^[0-9a-f]*$/.test(text)) throw new Error("not lower-case hex");
	const bytes = new Uint8Array(text.length / 2);
	for (let i = 0; i < bytes.length; i++) bytes[i] = Number.parseInt(text.slice(2 * i, 2 * i + 2), 16);
	return bytes;
}
function toBase64(bytes) {
	let binary = "";
	for (let i = 0; i < bytes.length; i += 32768) binary += String.fromCharCode(...bytes.subarray(i, i + 32768));
	return btoa(binary);
}
/** Standard base64 with padding (RFC 4648 section 4), strict: what does not re-encode to itself throws. */
function fromBase64(text) {
	const binary = atob(text);
	const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0));
	if (toBase64(bytes) !== text) throw new Error("not canonical base64");
	return bytes;
}
function concat(...parts) {
	const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
	let offset = 0;
	for (const part of parts) {
		whole.set(part, offset);
		offset += part.length;
	}
	return whole;
}
function equalBytes(a, b) {
	if (a.length !== b.length) return false;
	for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
	return true;
}

// node_modules/canonicalize/lib/canonicalize.js
function serializeString(value) {
	if (!value.isWellFormed()) throw new Error("Lone surrogate is not allowed");
	return JSON.stringify(value);
}
function serializePrimitive(value) {
	switch (typeof value) {
		case "number":
			if (isNaN(value)) throw new Error("NaN is not allowed");
			if (!isFinite(value)) throw new Error("Infinity is not allowed");
			return JSON.stringify(value);
		case "string": return serializeString(value);
		case "boolean": return value ? "true" : "false";
		default: return JSON.stringify(value);
	}
}
function enterValue(value, seen) {
	let wrappers = null;
	while (value !== null && typeof value === "object" && typeof value.toJSON === "function") {
		if (seen.has(value)) throw new Error("Circular reference detected");
		seen.add(value);
		(wrappers ??= []).push(value);
		value = value.toJSON();
	}
	if (value instanceof Number || value instanceof String || value instanceof Boolean) value = value.valueOf();
	if (value === null || typeof value !== "object") {
		if (wrappers !== null) for (const wrapper of wrappers) seen.delete(wrapper);
		return serializePrimitive(value);
	}
	if (seen.has(value)) throw new Error("Circular reference detected");
	seen.add(value);
	return {
		container: value,
		keys: Array.isArray(value) ? null : Object.keys(value).sort(),
		index: 0,
		first: true,
		wrappers
	};
}
function canonicalize(object) {
	if (object === null || typeof object !== "object") return serializePrimitive(object);
	const seen = /* @__PURE__ */ new Set();
	const root = enterValue(object, seen);
	if (typeof root !== "object") return root;
	let result = root.keys === null ? "[" : "{";
	const stack = [root];
	outer: while (stack.length > 0) {
		const frame = stack[stack.length - 1];
		const container = frame.container;
		if (frame.keys === null) {
			while (frame.index < container.length) {
				const i = frame.index++;
				if (i > 0) result += ",";
				const element = container[i];
				const value = element === void 0 || typeof element === "symbol" || typeof element === "function" ? null : element;
				if (value === null || typeof value !== "object") {
					result += serializePrimitive(value);
					continue;
				}
				const child = enterValue(value, seen);
				if (typeof child !== "object") {
					result += child === void 0 ? "null" : child;
					continue;
				}
				result += child.keys === null ? "[" : "{";
				stack.push(child);
				continue outer;
			}
			result += "]";
		} else {
			const keys = frame.keys;
			while (frame.index < keys.length) {
				const key = keys[frame.index++];
				const value = container[key];
				if (value === void 0 || typeof value === "symbol" || typeof value === "function") continue;
				if (value === null || typeof value !== "object") {
					if (frame.first) frame.first = false;
					else result += ",";
					result += serializeString(key) + ":" + serializePrimitive(value);
					continue;
				}
				const child = enterValue(value, seen);
				if (child === void 0) continue;
				if (frame.first) frame.first = false;
				else result += ",";
				result += serializeString(key) + ":";
				if (typeof child !== "object") {
					result += child;
					continue;
				}
				result += child.keys === null ? "[" : "{";
				stack.push(child);
				continue outer;
			}
			result += "}";
		}
		seen.delete(container);
		if (frame.wrappers !== null) for (const wrapper of frame.wrappers) seen.delete(wrapper);
		stack.pop();
	}
	return result;
}

// contracts/canonical-json.ts
/** What cannot be, or is not, canonical JSON; the message says why and where. */
var CanonicalJsonError = class extends Error {
	name = "CanonicalJsonError";
};
/** Deep enough for any record, shallow enough that hostile nesting cannot exhaust the stack. */
const maxDepth = 64;
const asciiName = /^[\x20-\x7e]*$/;
const isMemberName = (name) => asciiName.test(name);
const surrogateEscape = /\\ud[89a-f]/;
/** The one text of a value. Throws CanonicalJsonError on a value outside the narrowed form. */
function canonicalJson(value) {
	check(value, 0, false);
	const text = canonicalize(value);
	if (text === void 0) throw new CanonicalJsonError("nothing to encode");
	return text;
}
/**
* Reads a text that must already be canonical: encoding the result again gives the same characters, so
* duplicate members, other white space, other number or escape forms and numbers beyond 2^53 are refused.
* Throws CanonicalJsonError.
*
* `JSON.stringify` agrees with JCS on everything except the order of members and lone surrogates, and is
* several times faster than a canonicaliser; so it is asked first, and only where it disagrees (for example on
* names that look like array indices) the full encoding decides.
*/
function parseCanonical(text) {
	let value;
	try {
		value = JSON.parse(text);
	} catch {
		throw new CanonicalJsonError("not JSON");
	}
	if (check(value, 0, !surrogateEscape.test(text)) && JSON.stringify(value) === text) return value;
	if (canonicalize(value) !== text) throw new CanonicalJsonError("JSON, but not in canonical form");
	return value;
}
/**
* Throws on what the narrowed form excludes; says whether all members stand in canonical order.
* `wellFormed`: the caller knows that no string can hold a lone surrogate (UTF-8 text without such escapes).
*/
function check(value, depth, wellFormed) {
	switch (typeof value) {
		case "string":
			if (!wellFormed && !value.isWellFormed()) throw new CanonicalJsonError("lone surrogate in a string");
			return true;
		case "number":
			if (!Number.isSafeInteger(value)) throw new CanonicalJsonError(`not an integer below 2^53: ${value}`);
			return true;
		case "boolean": return true;
		case "object":
			if (value === null) return true;
			if (depth >= 64) throw new CanonicalJsonError(`nested deeper than ${64}`);
			return Array.isArray(value) ? checkItems(value, depth, wellFormed) : checkMembers(value, depth, wellFormed);
		default: throw new CanonicalJsonError(`${typeof value} is not JSON`);
	}
}
function checkItems(items, depth, wellFormed) {
	let inOrder = true;
	for (const item of items) if (!check(item, depth + 1, wellFormed)) inOrder = false;
	return inOrder;
}
function checkMembers(value, depth, wellFormed) {
	const prototype = Object.getPrototypeOf(value);
	if (prototype !== Object.prototype && prototype !== null) throw new CanonicalJsonError("only plain objects can be encoded");
	let inOrder = true;
	let before = null;
	for (const name of Object.keys(value)) {
		if (!isMemberName(name)) throw new CanonicalJsonError("a member name is not printable ASCII");
		if (before !== null && name < before) inOrder = false;
		before = name;
		if (!check(value[name], depth + 1, wellFormed)) inOrder = false;
	}
	return inOrder;
}

// contracts/time.ts
const form = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
function isTime(text) {
	return typeof text === "string" && form.test(text) && !Number.isNaN(Date.parse(text));
}

// contracts/ledger/malformed.ts
const malformed = (reason) => ({ malformed: reason });
function isMalformed(value) {
	return typeof value === "object" && value !== null && "malformed" in value;
}

// contracts/ledger/encoding.ts
const leafVersion = 1;
const maxLeafBytes = 32768;
const firstPrev = "0".repeat(64);
const originForm = /^[\x21-\x2a\x2c-\x7e]{1,128}$/;
const hashForm = /^[0-9a-f]{64}$/;
const typeForm = /^[a-z][a-zA-Z0-9_]*(?:\.[a-z][a-zA-Z0-9_]*)+@[1-9][0-9]{0,5}$/;
const keyForm = /^[\x21-\x7e]{1,128}$/;
const wordForm = /^[a-zA-Z][a-zA-Z0-9_.:-]{0,63}$/;
const memberNames = "actor,at,body,index,log,occurredAt,prev,threads,type,v";
/** An origin (a log's name): printable ASCII without space and plus, so that it can also be a key name. */
const isOrigin = (text) => typeof text === "string" && originForm.test(text);
const isHash = (text) => typeof text === "string" && hashForm.test(text);
function quote(text) {
	if (!text.isWellFormed()) throw new CanonicalJsonError("lone surrogate in a string");
	return JSON.stringify(text);
}
/** The body alone, canonical: what stands in the leaf. */
function encodeBody(body) {
	let text = "";
	for (const name of Object.keys(body).sort()) {
		if (!isMemberName(name)) throw new CanonicalJsonError("a member name is not printable ASCII");
		text += `${text === "" ? "" : ","}${JSON.stringify(name)}:${encodeValue(body[name])}`;
	}
	return `{${text}}`;
}
/** Strings and commitments are nearly all of every body, so they do not take the general way. */
function encodeValue(value) {
	if (typeof value === "string") return quote(value);
	if (isCommitment(value)) return `{"commit":${quote(value.commit)}}`;
	return canonicalJson(value);
}
function isCommitment(value) {
	if (typeof value !== "object" || value === null) return false;
	const names = Object.keys(value);
	return names.length === 1 && names[0] === "commit" && isHash(value.commit);
}
/** SHA-256(0x00 ‖ leaf): RFC 6962 section 2.1. Chain and tree use the same hash. */
function leafHash(leaf, sha256) {
	const prefixed = new Uint8Array(leaf.length + 1);
	prefixed.set(leaf, 1);
	return sha256(prefixed);
}
const utf8Decoder = new TextDecoder("utf-8", {
	fatal: true,
	ignoreBOM: true
});
/** Reads a leaf from outside, strictly: form, sizes, canonical encoding, no unknown members. Never throws. */
function decodeLeaf(bytes) {
	if (bytes.length > 32768) return malformed(`a leaf of ${bytes.length} bytes; at most ${maxLeafBytes}`);
	let value;
	try {
		value = parseCanonical(utf8Decoder.decode(bytes));
	} catch (error) {
		return malformed(error instanceof CanonicalJsonError ? error.message : "not UTF-8");
	}
	if (!isObject$1(value)) return malformed("not a JSON object");
	const envelopeProblem = problemOfEnvelope(value);
	if (envelopeProblem !== null) return malformed(envelopeProblem);
	if (value.v !== 1) return { unknownVersion: value };
	const problem = problemOfMembers(value);
	if (problem !== null) return malformed(problem);
	return { leaf: value };
}
const isObject$1 = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
const isCount = (value) => Number.isSafeInteger(value) && value >= 0;
function problemOfEnvelope(value) {
	if (!isCount(value.v) || value.v < 1) return "v is not a record version";
	if (!isOrigin(value.log)) return "log is not an origin";
	if (!isCount(value.index)) return "index is not a position";
	if (!isHash(value.prev)) return "prev is not a hash";
	return null;
}
function problemOfMembers(value) {
	if (Object.keys(value).join() !== memberNames) return "a member is missing or unknown";
	if (!isTime(value.occurredAt)) return "occurredAt is not a time";
	if (!isTime(value.at)) return "at is not a time";
	if (typeof value.type !== "string" || !typeForm.test(value.type)) return "type is not <name>@<version>";
	if (!isActor(value.actor)) return "actor has neither of its two forms";
	if (!isObject$1(value.body)) return "body is not an object";
	return problemOfThreads(value.threads, value.index);
}
function isActor(value) {
	if (!isObject$1(value)) return false;
	const names = Object.keys(value).join();
	if (names === "job,role") return value.role === "system" && typeof value.job === "string" && wordForm.test(value.job);
	return names === "commit,role" && typeof value.role === "string" && value.role !== "system" && wordForm.test(value.role) && isHash(value.commit);
}
function problemOfThreads(value, index) {
	if (!Array.isArray(value)) return "threads is not a list";
	let before = "";
	for (const thread of value) {
		if (!Array.isArray(thread) || thread.length !== 3) return "a thread is not [key, n, prevIndex]";
		const [key, n, prevIndex] = thread;
		if (typeof key !== "string" || !keyForm.test(key)) return "a thread's key is not printable ASCII";
		if (key <= before) return "threads are not sorted by key";
		before = key;
		if (!isCount(n) || n < 1) return "a thread's n does not count from 1";
		if (n === 1 ? prevIndex !== null : !isCount(prevIndex)) return "a thread's prevIndex does not fit its n";
		if (typeof prevIndex === "number" && prevIndex >= index) return "a thread points forward";
	}
	return null;
}

// contracts/ledger/note.ts
/** Signature types of c2sp.org/signed-note; only Ed25519 is checked here, others count as unknown keys. */
const ed25519Type = 1;
const maxNoteLength = 1e6;
const maxSignatures = 100;
const nameForm = /^[^\s+\u0085]+$/u;
const hasControls = (text) => {
	for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) < 32 && text[i] !== "\n") return true;
	return false;
};
/** First 4 bytes of SHA-256(name ‖ 0x0A ‖ type ‖ public key), as hex. */
function keyIdOf(name, type, publicKey, sha256) {
	return toHex(sha256(concat(utf8(`${name}\n`), Uint8Array.of(type), publicKey)).subarray(0, 4));
}
function verifierKey(name, publicKey, sha256) {
	if (!nameForm.test(name) || publicKey.length !== 32) throw new Error("not a key name and an Ed25519 public key");
	return {
		name,
		keyId: keyIdOf(name, 1, publicKey, sha256),
		publicKey
	};
}
/** One verifier key; a single final newline, as a file has it, is allowed. */
function parseVerifierKey(text, sha256) {
	const parts = /^([^\s+\u0085]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)\n?$/u.exec(text);
	if (parts === null) return malformed("not a verifier key: name+id+key");
	const bytes = base64$1(parts[3]);
	if (bytes === null || bytes.length !== 33 || bytes[0] !== 1) return malformed("not an Ed25519 key");
	const key = verifierKey(parts[1], bytes.slice(1), sha256);
	return key.keyId === parts[2] ? key : malformed("the key's id is not that of its name and bytes");
}
function base64$1(text) {
	try {
		return fromBase64(text);
	} catch {
		return null;
	}
}
const formatNote = (note) => `${note.text}\n${note.signatures.map(signatureLine).join("")}`;
function signatureLine({ name, keyId, signature }) {
	return `\u2014 ${name} ${toBase64(concat(fromHex(keyId), signature))}\n`;
}
const isNoteText = (text) => text.endsWith("\n") && text.isWellFormed() && !hasControls(text);
/** Strict: whatever does not print to the same bytes again is malformed. At least one signature line. */
function parseNote(source) {
	const whole = typeof source === "string" ? source : decode$1(source);
	if (whole === null || !whole.isWellFormed()) return malformed("a note is not UTF-8");
	if (whole.length > maxNoteLength) return malformed("a note is too long");
	const split = whole.lastIndexOf("\n\n");
	if (split < 0) return malformed("a note has no empty line before its signatures");
	const text = whole.slice(0, split + 1);
	const lines = whole.slice(split + 2).split("\n");
	if (lines.pop() !== "" || lines.length === 0) return malformed("a note has no signature line");
	if (lines.length > maxSignatures) return malformed("a note has too many signatures");
	if (!isNoteText(text)) return malformed("a note's text has control characters");
	const signatures = [];
	for (const line of lines) {
		const signature = parseSignatureLine(line);
		if (isMalformed(signature)) return signature;
		signatures.push(signature);
	}
	const note = {
		text,
		signatures
	};
	return formatNote(note) === whole ? note : malformed("a note is not in its one form");
}
function decode$1(bytes) {
	try {
		return fromUtf8(bytes);
	} catch {
		return null;
	}
}
function parseSignatureLine(line) {
	const parts = /^\u2014 ([^\s+\u0085]+) ([A-Za-z0-9+/=]+)$/u.exec(line);
	const bytes = parts === null ? null : base64$1(parts[2]);
	if (parts === null || bytes === null || bytes.length < 5) return malformed("not a signature line");
	return {
		name: parts[1],
		keyId: toHex(bytes.subarray(0, 4)),
		signature: bytes.slice(4)
	};
}
/** Signatures of unknown keys are ignored; a key counts once. An empty `verifiedBy` means: signed by none known. */
function verifyNote(note, keys, verify) {
	const message = utf8(note.text);
	const verifiedBy = [];
	for (const { name, keyId, signature } of note.signatures) {
		const key = keys.find((known) => known.name === name && known.keyId === keyId);
		if (key === void 0) continue;
		if (signature.length !== 64 || !verify(key.publicKey, message, signature)) return { badKey: key };
		if (!verifiedBy.includes(key)) verifiedBy.push(key);
	}
	return { verifiedBy };
}

// contracts/ledger/checkpoint.ts
/** The text of a checkpoint, without signatures. Strict: one text per checkpoint. */
function parseCheckpoint(text) {
	const parts = /^([^\n]+)\n(0|[1-9][0-9]{0,15})\n([A-Za-z0-9+/]{43}=)\n$/.exec(text);
	if (parts === null) return malformed("a checkpoint is not its three lines");
	const [origin, size] = [parts[1], Number(parts[2])];
	if (!isOrigin(origin)) return malformed("a checkpoint's origin has an unexpected form");
	if (!Number.isSafeInteger(size)) return malformed("a checkpoint's size is beyond 2^53");
	try {
		return {
			origin,
			size,
			root: fromBase64(parts[3])
		};
	} catch {
		return malformed("a checkpoint's root is not canonical base64");
	}
}
/** Reads a signed checkpoint without believing it. */
function readCheckpoint(source) {
	const note = parseNote(source);
	if (isMalformed(note)) return note;
	const unverifiedCheckpoint = parseCheckpoint(note.text);
	return isMalformed(unverifiedCheckpoint) ? unverifiedCheckpoint : {
		unverifiedCheckpoint,
		note
	};
}
function checkHeadSignature({ unverifiedCheckpoint, note }, keys, verify) {
	const verdict = verifyNote(note, keys, verify);
	if ("badKey" in verdict) return "bad";
	return verdict.verifiedBy.some((key) => key.name === unverifiedCheckpoint.origin) ? "signed" : "unknown_key";
}

// contracts/ledger/failure.ts
/** `#` stands for the detail. */
const sentences = {
	bundle_unreadable: ["The bundle cannot be read: #.", "无法读取导出包。"],
	file_missing: ["The file is missing from the bundle.", "导出包中缺少该文件。"],
	file_too_large: ["The file is larger than its kind can be.", "文件大小超出该类文件的上限。"],
	file_changed: ["The file is not the one in the signed manifest; found: #.", "文件与已签名清单不一致；实际为：#。"],
	file_unlisted: ["The file is not in the signed manifest.", "文件未列入已签名清单。"],
	file_name_unsafe: ["The file's name is not allowed in a bundle.", "导出包中不允许使用该文件名。"],
	manifest_malformed: ["The manifest cannot be read: #.", "清单无法读取。"],
	manifest_changed: ["The manifest is not the one that was signed.", "清单与签名时的内容不一致。"],
	manifest_signature_bad: ["The manifest's signature is wrong.", "清单签名错误。"],
	manifest_not_signed_by_key: ["The manifest is not signed by your key.", "清单不是由您所持公钥对应的密钥签名。"],
	manifest_disagrees: ["The manifest and the checkpoint disagree: #.", "清单与检查点不一致：#。"],
	key_malformed: ["The verifier key cannot be read: #.", "验证公钥无法读取。"],
	checkpoint_malformed: ["The checkpoint cannot be read: #.", "检查点无法读取。"],
	checkpoint_signature_bad: ["The checkpoint's signature is wrong.", "检查点签名错误。"],
	checkpoint_not_signed_by_key: ["The checkpoint is not signed by the key that you brought.", "检查点不是由您提供的公钥对应的密钥签名。"],
	root_mismatch: ["The tree's root is not the one in the checkpoint.", "树根与检查点不一致。"],
	since_malformed: ["The checkpoint that you kept cannot be read: #.", "您保存的检查点无法读取。"],
	since_other_log: ["The checkpoint that you kept is of another log: #.", "您保存的检查点属于另一日志：#。"],
	since_signature_bad: ["The checkpoint that you kept is not signed by your key.", "您保存的检查点并非由您的公钥签名。"],
	since_newer: ["The log has become shorter: the checkpoint that you kept has more records: #.", "日志变短：您保存的检查点记录数更多：#。"],
	since_inconsistent: ["The log does not continue the checkpoint that you kept: its past was changed.", "日志与您保存的检查点不连续：历史已被更改。"],
	since_not_provable: ["The bundle holds no proof from the checkpoint that you kept: #.", "导出包中没有从您保存的检查点出发的证明：#。"],
	consistency_wrong: ["The consistency proof is wrong: #.", "一致性证明错误。"],
	record_malformed: ["The record is not a canonical record: #.", "记录不符合规范格式。"],
	record_of_other_log: ["The record belongs to another log: #.", "记录属于另一日志：#。"],
	record_index_wrong: ["The record says another position: #.", "记录所载序号不符：#。"],
	record_missing: ["The record is missing; the next one found, or the end, is #.", "记录缺失；其后找到的记录或末尾为 #。"],
	record_out_of_order: ["The record stands in a wrong place or twice: expected was #.", "记录位置错误或重复：此处应为记录 #。"],
	record_beyond_range: ["The record lies outside of the exported range, which ends before #.", "记录超出导出范围（至 # 之前）。"],
	chain_broken: ["The record's link to the one before does not fit: the chain is broken here.", "记录与前一条的哈希链接不符：链在此处断开。"],
	not_in_tree: ["The record's bytes are not those in the log's tree.", "记录内容与日志哈希树不一致。"],
	time_backwards: ["The record was sealed before the one before it.", "封存时间早于前一条记录。"],
	thread_broken: ["The record's place in thread # does not fit.", "记录在线索 # 中的次序不符。"],
	body_malformed: ["The record's body is not that of its type, in: #.", "记录内容不符合其类型，字段：#。"],
	tile_mismatch: ["The hash tile does not agree with the records below it.", "哈希块与其下的记录不一致。"],
	tile_malformed: ["The tile cannot be read: #.", "数据块无法读取。"],
	entry_mismatch: ["The published entry is not the record.", "公开条目与记录不一致。"],
	csv_mismatch: ["The row in the table is not that of the record.", "表格中的行与记录不一致。"],
	disclosure_malformed: ["The opened value cannot be read: #.", "披露内容无法读取。"],
	disclosure_wrong: ["The opened value is not the one committed to: #.", "披露内容与承诺值不符：#。"],
	disclosure_stray: ["The opened value belongs to no record of the range: #.", "披露内容不对应范围内任何记录：#。"],
	agreement_wrong: ["The agreement's text does not have the hash of its name.", "合同文本与其哈希文件名不符。"],
	certificate_malformed: ["The certificate cannot be read: #.", "存证证明无法读取。"],
	certificate_without_record: ["The certificate does not carry its record.", "存证证明未包含记录内容。"],
	proof_wrong: ["The proof does not lead from the record to the checkpoint.", "证明不能从记录推导到检查点。"],
	subject_missing: ["The record does not name the one # that it is about.", "记录未指明其所属对象：#。"],
	version_gap: ["The thing's version does not follow the one before: #.", "版本号与前一版本不连续：#。"],
	step_illegal: ["The trade took a step that is not allowed: #.", "交易出现不允许的步骤：#。"],
	step_while_frozen: ["The trade took a step while it was frozen: #.", "交易在冻结期间出现步骤：#。"],
	payment_step_illegal: ["The payment took a step that is not allowed: #.", "付款出现不允许的步骤：#。"],
	released_over_held: ["More left the held funds than had been held: #.", "划出金额超过待结算款：#。"],
	trade_without_payment: ["The trade ended by a payment that had not been made: #.", "交易以未完成的付款结束：#。"],
	journal_missing: ["The record's journal is not in the book.", "资金账簿中缺少该记录对应的分录。"],
	journal_stray: ["The book has a journal that no record certifies: #.", "资金账簿中有未经存证的分录：#。"],
	journal_changed: ["The journal in the book is not the one that the record certifies.", "资金账簿分录与存证记录不一致。"],
	journal_unbalanced: ["Debits and credits of the journal differ: #.", "分录借贷不平衡：#。"],
	amount_mismatch: ["The record's amount is not that of its journal: #.", "记录金额与分录不一致：#。"],
	book_malformed: ["A row of the book cannot be read: #.", "资金账簿有无法读取的行：#。"],
	trial_balance_wrong: ["The trial balance is not that of the book.", "试算平衡表与资金账簿不一致。"]
};
function failure$1(code, { record, file, detail }) {
	const [en, zh] = sentences[code];
	return {
		code,
		...record === void 0 ? {} : { record },
		...file === void 0 ? {} : { file },
		en: en.replace("#", () => detail ?? ""),
		zh: zh.replace("#", () => detail ?? "")
	};
}
/** Collects failures, keeping the first ones: a badly damaged log should not fill the memory with sentences. */
var FailureList = class {
	kept = [];
	count = 0;
	limit;
	constructor(limit = 200) {
		this.limit = limit;
	}
	add(code, context) {
		this.count += 1;
		if (this.kept.length < this.limit) this.kept.push(failure$1(code, context));
	}
};

// contracts/ledger/merkle.ts
/** The root of the tree without leaves: SHA-256 of nothing. */
const emptyRoot = (sha256) => sha256(/* @__PURE__ */ new Uint8Array(0));
/** SHA-256(0x01 ‖ left ‖ right). */
function nodeHash(left, right, sha256) {
	const prefixed = new Uint8Array(1 + left.length + right.length);
	prefixed[0] = 1;
	prefixed.set(left, 1);
	prefixed.set(right, 1 + left.length);
	return sha256(prefixed);
}
/** The perfect subtrees that a tree of this size falls into, left to right, largest first. */
function nodesOfSize(size) {
	return nodesOfRange({
		start: 0,
		end: size
	});
}
const emptyRange = {
	size: 0,
	edge: []
};
/** The range after appending these leaf hashes; the one given is left as it was. */
function appendLeaves(range, leafHashes, sha256, listener) {
	const edge = range.edge.slice();
	let size = range.size;
	for (const leaf of leafHashes) {
		let hash = leaf;
		let level = 0;
		let index = size;
		listener?.(level, index, hash);
		while (index % 2 === 1) {
			hash = nodeHash(edge.pop(), hash, sha256);
			index = (index - 1) / 2;
			level += 1;
			listener?.(level, index, hash);
		}
		edge.push(hash);
		size += 1;
	}
	return {
		size,
		edge
	};
}
function rangeRoot(range, sha256) {
	return range.edge.length === 0 ? emptyRoot(sha256) : foldEdge(range.edge, sha256);
}
/** Joins perfect subtrees of falling size to the hash over them all: from the right. */
function foldEdge(edge, sha256) {
	let root = edge.at(-1);
	for (let i = edge.length - 2; i >= 0; i--) root = nodeHash(edge[i], root, sha256);
	return root;
}
/** Rebuilds the right edge of a tree from stored hashes. */
async function readRange$1(size, read) {
	return {
		size,
		edge: await read(nodesOfSize(size))
	};
}
/** The largest power of two smaller than n, for n of at least 2. */
function splitOf(n) {
	let split = 1;
	while (split * 2 < n) split *= 2;
	return split;
}
/** Perfect subtrees of an aligned range, left to right. */
function nodesOfRange({ start, end }) {
	const nodes = [];
	let position = start;
	let width = 1;
	let level = 0;
	while (width * 2 <= end - start) {
		width *= 2;
		level += 1;
	}
	for (; position < end; width /= 2, level--) if (position + width <= end) {
		nodes.push({
			level,
			index: position / width
		});
		position += width;
	}
	return nodes;
}
/** The subtrees whose hashes are the consistency proof between two sizes (RFC 9162 section 2.1.4.1). */
function consistencyPath(oldSize, size) {
	if (!(oldSize >= 0 && oldSize <= size)) throw new Error(`no tree of ${oldSize} inside one of ${size}`);
	if (oldSize === 0 || oldSize === size) return [];
	const path = [];
	let start = 0;
	let end = size;
	while (end !== oldSize) {
		const middle = start + splitOf(end - start);
		const left = oldSize <= middle;
		path.push(left ? {
			start: middle,
			end
		} : {
			start,
			end: middle
		});
		if (left) end = middle;
		else start = middle;
	}
	if (start > 0) path.push({
		start,
		end
	});
	return path.reverse();
}
const consistencyProof = (oldSize, size, read, sha256) => hashesOf(consistencyPath(oldSize, size), read, sha256);
async function hashesOf(path, read, sha256) {
	const parts = path.map(nodesOfRange);
	const hashes = await read(parts.flat());
	let taken = 0;
	return parts.map((nodes) => {
		taken += nodes.length;
		return foldEdge(hashes.slice(taken - nodes.length, taken), sha256);
	});
}
/** RFC 9162 section 2.1.3.2. False on anything but the one right proof. */
function verifyInclusion(proof, index, size, leaf, root, sha256) {
	if (!Number.isSafeInteger(size) || !(index >= 0 && index < size)) return false;
	let position = index;
	let last = size - 1;
	let hash = leaf;
	for (const sibling of proof) {
		if (sibling.length !== 32 || last === 0) return false;
		if (position % 2 === 1 || position === last) {
			hash = nodeHash(sibling, hash, sha256);
			while (position % 2 === 0 && position !== 0) [position, last] = [half(position), half(last)];
		} else hash = nodeHash(hash, sibling, sha256);
		[position, last] = [half(position), half(last)];
	}
	return last === 0 && equalBytes(hash, root);
}
const half = (n) => Math.floor(n / 2);
/** RFC 9162 section 2.1.4.2; any tree continues the empty one, by the empty proof. */
function verifyConsistency(proof, old, now, sha256) {
	if (!Number.isSafeInteger(now.size) || !(old.size >= 0 && old.size <= now.size)) return false;
	if (old.size === 0) return proof.length === 0 && equalBytes(old.root, emptyRoot(sha256));
	if (old.size === now.size) return proof.length === 0 && equalBytes(old.root, now.root);
	let position = old.size - 1;
	let last = now.size - 1;
	while (position % 2 === 1) [position, last] = [half(position), half(last)];
	const [first, ...siblings] = position === 0 ? [old.root, ...proof] : proof;
	if (first === void 0) return false;
	let before = first;
	let after = first;
	for (const sibling of siblings) {
		if (sibling.length !== 32 || last === 0) return false;
		if (position % 2 === 1 || position === last) {
			before = nodeHash(sibling, before, sha256);
			after = nodeHash(sibling, after, sha256);
			while (position % 2 === 0 && position !== 0) [position, last] = [half(position), half(last)];
		} else after = nodeHash(after, sibling, sha256);
		[position, last] = [half(position), half(last)];
	}
	return last === 0 && equalBytes(before, old.root) && equalBytes(after, now.root);
}

// contracts/ledger/certificate.ts
const magic = "c2sp.org/tlog-proof@v1";
const maxProof = 63;
const maxLength = 11e5;
function formatCertificate({ extra, index, proof, checkpoint }) {
	const lines = [magic];
	if (extra !== null) lines.push(`extra ${toBase64(extra)}`);
	lines.push(`index ${index}`, ...proof.map(toBase64));
	return `${lines.join("\n")}\n\n${checkpoint}`;
}
/** Strict: what does not print to the same text again is malformed. The checkpoint is not read here. */
function parseCertificate(text) {
	if (text.length > maxLength) return malformed("a certificate is too long");
	const split = text.indexOf("\n\n");
	if (split < 0) return malformed("a certificate has no empty line before its checkpoint");
	const lines = text.slice(0, split).split("\n");
	if (lines.shift() !== magic) return malformed("not a tlog-proof, version 1");
	try {
		const extra = lines[0]?.startsWith("extra ") ? fromBase64(lines.shift().slice(6)) : null;
		const index = /^index (0|[1-9][0-9]{0,15})$/.exec(lines.shift() ?? "");
		if (index === null || !Number.isSafeInteger(Number(index[1]))) return malformed("a certificate has no index");
		const proof = lines.map(fromBase64);
		if (proof.length > maxProof || proof.some((hash) => hash.length !== 32)) return malformed("a certificate's proof is not a list of hashes");
		const certificate = {
			extra,
			index: Number(index[1]),
			proof,
			checkpoint: text.slice(split + 2)
		};
		return formatCertificate(certificate) === text ? certificate : malformed("not in its one form");
	} catch {
		return malformed("a certificate holds something that is not base64");
	}
}
/**
* Checks a certificate: form, record, inclusion, signature. `keys` are the reader's own (empty: nothing can be
* authenticated); `leaf` is the record's bytes where the certificate does not carry them.
*/
function verifyCertificate(text, options) {
	const certificate = parseCertificate(text);
	if (isMalformed(certificate)) return broken(failure$1("certificate_malformed", { detail: certificate.malformed }));
	const head = readCheckpoint(certificate.checkpoint);
	if (isMalformed(head)) return broken(failure$1("checkpoint_malformed", { detail: head.malformed }));
	const bytes = certificate.extra ?? options.leaf ?? null;
	if (bytes === null) return broken(failure$1("certificate_without_record", { record: certificate.index }));
	const failures = [];
	const leaf = readLeaf(bytes, certificate.index, head.unverifiedCheckpoint.origin, failures);
	const { sha256, verifyEd25519 } = options.crypto;
	const { size, root } = head.unverifiedCheckpoint;
	const hash = leafHash(bytes, sha256);
	if (!verifyInclusion(certificate.proof, certificate.index, size, hash, root, sha256)) failures.push(failure$1("proof_wrong", { record: certificate.index }));
	const signature = checkHeadSignature(head, options.keys, verifyEd25519);
	if (signature === "bad") failures.push(failure$1("checkpoint_signature_bad", {}));
	if (signature === "unknown_key" && options.keys.length > 0) failures.push(failure$1("checkpoint_not_signed_by_key", {}));
	return {
		failures,
		authenticated: signature === "signed",
		index: certificate.index,
		head,
		bytes,
		leaf
	};
}
function readLeaf(bytes, index, origin, failures) {
	const decoded = decodeLeaf(bytes);
	if (isMalformed(decoded)) {
		failures.push(failure$1("record_malformed", {
			record: index,
			detail: decoded.malformed
		}));
		return null;
	}
	const leaf = "leaf" in decoded ? decoded.leaf : decoded.unknownVersion;
	if (leaf.index !== index) failures.push(failure$1("record_index_wrong", {
		record: index,
		detail: `${leaf.index}`
	}));
	if (leaf.log !== origin) failures.push(failure$1("record_of_other_log", {
		record: index,
		detail: leaf.log
	}));
	return leaf;
}
const broken = (cause) => ({
	failures: [cause],
	authenticated: false,
	index: cause.record ?? null,
	head: null,
	bytes: null,
	leaf: null
});

// contracts/ledger/certificate-json.ts
/** The short name of a record that people can read out: the random part of its log and its position. */
const certificateNumber = (origin, index) => `${origin.slice(origin.lastIndexOf("/") + 1)}#${index}`;
/** The form for programs of a certificate that carries its record. `proofText` is the certificate's own text. */
function describeCertificate(certificate, proofText, sha256) {
	const { extra, index, proof, checkpoint } = certificate;
	if (extra === null) return malformed("the certificate does not carry its record");
	const decoded = decodeLeaf(extra);
	if (isMalformed(decoded)) return decoded;
	const leaf = "leaf" in decoded ? decoded.leaf : decoded.unknownVersion;
	return {
		number: certificateNumber(leaf.log, index),
		log: leaf.log,
		index,
		leafHash: toHex(leafHash(extra, sha256)),
		leaf,
		proof: proof.map(toBase64),
		checkpoint,
		proofText
	};
}
const largestFile = 4e6;
/** Checks a certificate in either form, a tlog-proof or the form for programs around it. */
function verifyCertificateFile(file, options) {
	if (!/^\s*\{/.test(file)) return verifyCertificate(file, options);
	const read = readCertificateJson(file);
	if (isMalformed(read)) return unread(read.malformed);
	const report = verifyCertificate(read.proofText, options);
	const certificate = parseCertificate(read.proofText);
	if (isMalformed(certificate)) return report;
	const own = describeCertificate(certificate, read.proofText, options.crypto.sha256);
	const wrong = isMalformed(own) ? null : firstDifference(own, read.members);
	if (wrong === null) return report;
	const detail = `its member "${wrong}" does not follow from its proof`;
	const cause = failure$1("certificate_malformed", {
		record: certificate.index,
		detail
	});
	return {
		...report,
		failures: [...report.failures, cause]
	};
}
function readCertificateJson(file) {
	if (file.length > largestFile) return malformed("it is too long");
	try {
		const members = JSON.parse(file);
		const { proofText } = members;
		return typeof proofText === "string" ? {
			proofText,
			members
		} : malformed("there is no proofText in it");
	} catch {
		return malformed("it is not JSON");
	}
}
const unread = (detail) => ({
	failures: [failure$1("certificate_malformed", { detail })],
	authenticated: false,
	index: null,
	head: null,
	bytes: null,
	leaf: null
});
function firstDifference(own, given) {
	for (const name of /* @__PURE__ */ new Set([...Object.keys(own), ...Object.keys(given)])) {
		if (!Object.hasOwn(own, name) || !Object.hasOwn(given, name)) return name.slice(0, 40);
		try {
			if (canonicalJson(own[name]) !== canonicalJson(given[name])) return name;
		} catch {
			return name;
		}
	}
	return null;
}

// contracts/ledger/report.ts
/** What a script sees of a verdict. */
const exitCodes = {
	intact: 0,
	broken: 1,
	unauthenticated: 3
};
/** What no ledger can prove, told with every report. */
const limits = [{
	en: "This shows that the records are complete and unchanged since they were sealed. It cannot show that what was entered was true.",
	zh: "以上证明记录自封存以来完整且未被更改；不能证明当初录入的内容属实。"
}];
/** The sentences of a report that are not failures, most important first. */
function reportSentences(report) {
	const sentences = [verdictSentence(report)];
	const { unknown, checked, range, size } = report;
	if (unknown.count > 0) sentences.push({
		en: `${unknown.count} records (first ${unknown.first}) are of an unknown version (${unknown.kinds.join(", ")}): hash, chain and root intact; a newer verifier can read them.`,
		zh: `${unknown.count} 条记录（首条 ${unknown.first}）为未知版本（${unknown.kinds.join("、")}）：哈希、链和树根完好；请使用更新的验证器解读。`
	});
	if (report.openingAssumed && range !== null) sentences.push({
		en: `The bundle begins at record ${range.from}; the state of each trade before it is assumed.`,
		zh: `导出包自记录 ${range.from} 起；此前各笔交易的状态按既定处理。`
	});
	if (checked.since !== null) sentences.push({
		en: `The log of ${size} records continues the checkpoint that you kept, of ${checked.since}.`,
		zh: `该日志（${size} 条）延续了您保存的检查点（${checked.since} 条）。`
	});
	return sentences;
}
function verdictSentence({ verdict, failureCount, checked }) {
	const en = `${checked.records} records, ${checked.files} files, ${checked.trades} trades, ${checked.journals} journals, ${checked.disclosures} opened values`;
	const zh = `${checked.records} 条记录、${checked.files} 个文件、${checked.trades} 笔交易、${checked.journals} 笔分录、${checked.disclosures} 个披露值`;
	if (verdict === "broken") return {
		en: `NOT INTACT: ${failureCount} failures (${en}).`,
		zh: `不完整：发现 ${failureCount} 处问题（${zh}）。`
	};
	if (verdict === "intact") return {
		en: `Intact and signed by your key: ${en}.`,
		zh: `完好，且由您的公钥验证签名：${zh}。`
	};
	return {
		en: `Intact, but not authenticated: the key came from the bundle (${en}).`,
		zh: `完好，但未经认证：公钥取自导出包本身（${zh}）。`
	};
}

// contracts/ledger/bundle.ts
/** Thrown where a verification cannot go on at all; `failure` becomes part of the report. */
var VerificationStop = class extends Error {
	failure;
	constructor(code, context) {
		const cause = failure$1(code, context);
		super(cause.en);
		this.failure = cause;
	}
};
/**
* A whole small file, or null when it is not there. Stops the verification when it is larger than `maxBytes`:
* what should be small is never read on.
*/
async function readSmall(bundle, path, maxBytes) {
	if (!await bundle.has(path)) return null;
	return collect(bundle.stream(path), path, maxBytes);
}
async function collect(stream, path, maxBytes) {
	const parts = [];
	let length = 0;
	for await (const part of stream) {
		length += part.length;
		if (length > maxBytes) throw new VerificationStop("file_too_large", { file: path });
		parts.push(part);
	}
	if (parts.length === 1) return parts[0];
	const whole = new Uint8Array(length);
	let offset = 0;
	for (const part of parts) {
		whole.set(part, offset);
		offset += part.length;
	}
	return whole;
}
const lineFeed = 10;
/** Lines split on 0x0A only, without it; one chunk of the stream is in memory at a time. */
var LineReader = class {
	chunks;
	path;
	maxLine;
	rest = /* @__PURE__ */ new Uint8Array(0);
	offset = 0;
	/** True when the file has bytes after its last line feed; they were answered as a last line. */
	unterminated = false;
	constructor(stream, path, maxLine) {
		this.chunks = stream[Symbol.asyncIterator]();
		this.path = path;
		this.maxLine = maxLine;
	}
	/** The next line, or null at the end. The bytes are a view that stays valid. */
	async next() {
		for (;;) {
			const end = this.rest.indexOf(lineFeed, this.offset);
			if (end >= 0) return this.cut(end, end + 1);
			if (this.rest.length - this.offset > this.maxLine) throw new VerificationStop("file_too_large", { file: this.path });
			const chunk = await this.chunks.next();
			if (chunk.done === true) {
				if (this.offset === this.rest.length) return null;
				this.unterminated = true;
				return this.cut(this.rest.length, this.rest.length);
			}
			this.append(chunk.value);
		}
	}
	cut(end, next) {
		const line = this.rest.subarray(this.offset, end);
		this.offset = next;
		return line;
	}
	append(chunk) {
		const kept = this.rest.length - this.offset;
		if (kept === 0) this.rest = chunk;
		else {
			const joined = new Uint8Array(kept + chunk.length);
			joined.set(this.rest.subarray(this.offset));
			joined.set(chunk, kept);
			this.rest = joined;
		}
		this.offset = 0;
	}
};

// node_modules/zod/v4/core/util.js
function getEnumValues(entries) {
	const numericValues = Object.values(entries).filter((v) => typeof v === "number");
	return Object.entries(entries).filter(([k, _]) => numericValues.indexOf(+k) === -1).map(([_, v]) => v);
}
function joinValues(array, separator = "|") {
	return array.map((val) => stringifyPrimitive(val)).join(separator);
}
function jsonStringifyReplacer(_, value) {
	if (typeof value === "bigint") return value.toString();
	return value;
}
var Cached = class {
	constructor(getter) {
		this._getter = getter;
		this._value = void 0;
	}
	get value() {
		const getter = this._getter;
		if (getter !== void 0) {
			this._value = getter();
			this._getter = void 0;
		}
		return this._value;
	}
};
function cached(getter) {
	return new Cached(getter);
}
function nullish(input) {
	return input === null || input === void 0;
}
function cleanRegex(source) {
	const start = source.startsWith("^") ? 1 : 0;
	const end = source.endsWith("$") ? source.length - 1 : source.length;
	return source.slice(start, end);
}
function floatSafeRemainder(val, step) {
	const ratio = val / step;
	const roundedRatio = Math.round(ratio);
	const tolerance = 4 * Number.EPSILON * Math.max(Math.abs(ratio), 1);
	if (Math.abs(ratio - roundedRatio) < tolerance) return 0;
	return ratio - roundedRatio;
}
function assignProp(target, prop, value) {
	Object.defineProperty(target, prop, {
		value,
		writable: true,
		enumerable: true,
		configurable: true
	});
}
/**
* Whichever object a def's `shape` currently answers from: the one the caller passed until the first read, the frozen copy after it.
*
* Its keys and descriptors read without invoking anything, which is what lets a discriminated union check its discriminator, and the cycle walk read a shape, without resolving a getter that references the schema being constructed. A def that answers `shape` from an accessor of its own has none.
*/
function rawShape(def) {
	const desc = Object.getOwnPropertyDescriptor(def, "shape");
	return desc?.get ? desc.get.raw : desc?.value;
}
function sourceShape(schema) {
	return rawShape(schema._zod.def) ?? schema._zod.def.shape;
}
function deferProp(target, key, getter) {
	Object.defineProperty(target, key, {
		get() {
			const value = getter();
			assignProp(this, key, value);
			return value;
		},
		enumerable: true,
		configurable: true
	});
}
function putProp(target, key, value) {
	if (key in target) assignProp(target, key, value);
	else target[key] = value;
}
/**
* Copies `keys` of `source`'s shape onto `target`, each value passed through `wrap`.
*
* A key the source has resolved is copied through now, so the derived shape states it outright and nothing has to resolve it to learn what it holds. A key the source still defers stays deferred, and reads back through the source's own `shape`, so it resolves once and both shapes get that one schema.
*/
function mirrorShape(target, source, keys, wrap) {
	const raw = sourceShape(source);
	for (const key of keys) {
		const desc = Object.getOwnPropertyDescriptor(raw, key);
		if (!desc.enumerable) continue;
		if (desc.get) deferProp(target, key, () => {
			const value = source._zod.def.shape[key];
			return wrap ? wrap(value, key) : value;
		});
		else putProp(target, key, wrap ? wrap(desc.value, key) : desc.value);
	}
}
function mirrorProps(target, source) {
	for (const key of Reflect.ownKeys(source)) {
		const desc = Object.getOwnPropertyDescriptor(source, key);
		if (!desc.enumerable) continue;
		if (desc.get) deferProp(target, key, () => source[key]);
		else putProp(target, key, desc.value);
	}
}
function mergeDefs(...defs) {
	const mergedDescriptors = {};
	for (const def of defs) {
		const descriptors = Object.getOwnPropertyDescriptors(def);
		Object.assign(mergedDescriptors, descriptors);
	}
	return Object.defineProperties({}, mergedDescriptors);
}
function esc(str) {
	return JSON.stringify(str);
}
function slugify(input) {
	return input.toLowerCase().trim().replace(/[^\w\s-]/g, "").replace(/[\s_-]+/g, "-").replace(/^-+|-+$/g, "");
}
const captureStackTrace = "captureStackTrace" in Error ? Error.captureStackTrace : (..._args) => {};
function isObject(data) {
	return typeof data === "object" && data !== null && !Array.isArray(data);
}
const allowsEval = /* @__PURE__*/ cached(() => {
	if (globalConfig.jitless) return false;
	if (typeof navigator !== "undefined" && navigator?.userAgent?.includes("Cloudflare")) return false;
	try {
		new Function("");
		return true;
	} catch (_) {
		return false;
	}
});
function isPlainObject(o) {
	if (isObject(o) === false) return false;
	const ctor = o.constructor;
	if (ctor === void 0) return true;
	if (typeof ctor !== "function") return true;
	const prot = ctor.prototype;
	if (isObject(prot) === false) return false;
	if (Object.prototype.hasOwnProperty.call(prot, "isPrototypeOf") === false) return false;
	return true;
}
function shallowClone(o) {
	if (isPlainObject(o)) return { ...o };
	if (Array.isArray(o)) return [...o];
	if (o instanceof Map) return new Map(o);
	if (o instanceof Set) return new Set(o);
	return o;
}
const propertyKeyTypes = /* @__PURE__*/ new Set([
	"string",
	"number",
	"symbol"
]);
function escapeRegex(str) {
	return str.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
function clone(inst, def, params) {
	const cl = new inst._zod.constr(def ?? inst._zod.def);
	if (!def || params?.parent) cl._zod.parent = inst;
	return cl;
}
function normalizeParams(_params) {
	const params = _params;
	if (!params) return {};
	if (typeof params === "string") return { error: () => params };
	if (params?.message !== void 0) {
		if (params?.error !== void 0) throw new Error("Cannot specify both `message` and `error` params");
		params.error = params.message;
	}
	delete params.message;
	if (typeof params.error === "string") return {
		...params,
		error: () => params.error
	};
	return params;
}
function stringifyPrimitive(value) {
	if (typeof value === "bigint") return value.toString() + "n";
	if (typeof value === "string") return `"${value}"`;
	return `${value}`;
}
function optionalKeys(shape) {
	return Object.keys(shape).filter((k) => {
		return shape[k]._zod.optin !== void 0 && shape[k]._zod.optout === "optional";
	});
}
const NUMBER_FORMAT_RANGES = /*@__PURE__*/ (() => ({
	safeint: [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
	int32: [-2147483648, 2147483647],
	uint32: [0, 4294967295],
	float32: [-34028234663852886e22, 34028234663852886e22],
	float64: [-Number.MAX_VALUE, Number.MAX_VALUE]
}))();
const BIGINT_FORMAT_RANGES = {
	int64: [/* @__PURE__*/ BigInt("-9223372036854775808"), /* @__PURE__*/ BigInt("9223372036854775807")],
	uint64: [/* @__PURE__*/ BigInt(0), /* @__PURE__*/ BigInt("18446744073709551615")]
};
function pick(schema, mask) {
	const currDef = schema._zod.def;
	const checks = currDef.checks;
	if (checks && checks.length > 0) throw new Error(".pick() cannot be used on object schemas containing refinements");
	const newShape = {};
	mirrorShape(newShape, schema, maskedKeys(schema, mask));
	return clone(schema, mergeDefs(currDef, {
		shape: newShape,
		checks: []
	}));
}
function maskedKeys(schema, mask) {
	const raw = sourceShape(schema);
	const keys = [];
	for (const key of Reflect.ownKeys(mask)) {
		if (!Object.getOwnPropertyDescriptor(raw, key)?.enumerable) throw new Error(`Unrecognized key: "${String(key)}"`);
		if (mask[key]) keys.push(key);
	}
	return keys;
}
function omit(schema, mask) {
	const currDef = schema._zod.def;
	const checks = currDef.checks;
	if (checks && checks.length > 0) throw new Error(".omit() cannot be used on object schemas containing refinements");
	const omitted = new Set(maskedKeys(schema, mask));
	const newShape = {};
	mirrorShape(newShape, schema, Reflect.ownKeys(sourceShape(schema)).filter((key) => !omitted.has(key)));
	return clone(schema, mergeDefs(currDef, {
		shape: newShape,
		checks: []
	}));
}
function extend(schema, shape) {
	if (!isPlainObject(shape)) throw new Error("Invalid input to extend: expected a plain object");
	const checks = schema._zod.def.checks;
	if (checks && checks.length > 0) {
		const existingShape = sourceShape(schema);
		for (const key of Reflect.ownKeys(shape)) if (Object.getOwnPropertyDescriptor(existingShape, key) !== void 0) throw new Error("Cannot overwrite keys on object schemas containing refinements. Use `.safeExtend()` instead.");
	}
	return clone(schema, mergeDefs(schema._zod.def, { shape: extended(schema, shape) }));
}
function extended(schema, shape) {
	const newShape = {};
	mirrorShape(newShape, schema, Reflect.ownKeys(sourceShape(schema)));
	mirrorProps(newShape, shape);
	return newShape;
}
function safeExtend(schema, shape) {
	if (!isPlainObject(shape)) throw new Error("Invalid input to safeExtend: expected a plain object");
	return clone(schema, mergeDefs(schema._zod.def, { shape: extended(schema, shape) }));
}
function merge(a, b) {
	if (!b?._zod?.def) throw new Error("Invalid input to merge: expected an object schema. To merge a plain shape, use `.extend()`.");
	if (a._zod.def.checks?.length) throw new Error(".merge() cannot be used on object schemas containing refinements. Use .safeExtend() instead.");
	const newShape = {};
	mirrorShape(newShape, a, Reflect.ownKeys(sourceShape(a)));
	mirrorShape(newShape, b, Reflect.ownKeys(sourceShape(b)));
	return clone(a, mergeDefs(a._zod.def, {
		shape: newShape,
		get catchall() {
			return b._zod.def.catchall;
		},
		checks: b._zod.def.checks ?? []
	}));
}
function partial(Class, schema, mask, name = "partial") {
	const checks = schema._zod.def.checks;
	if (checks && checks.length > 0) throw new Error(`.${name}() cannot be used on object schemas containing refinements`);
	const selected = mask ? new Set(maskedKeys(schema, mask)) : void 0;
	const newShape = {};
	mirrorShape(newShape, schema, Reflect.ownKeys(sourceShape(schema)), Class && ((value, key) => selected && !selected.has(key) ? value : new Class({
		type: "optional",
		innerType: value
	})));
	return clone(schema, mergeDefs(schema._zod.def, {
		shape: newShape,
		checks: []
	}));
}
function required$1(Class, schema, mask) {
	const selected = mask ? new Set(maskedKeys(schema, mask)) : void 0;
	const newShape = {};
	mirrorShape(newShape, schema, Reflect.ownKeys(sourceShape(schema)), (value, key) => selected && !selected.has(key) ? value : new Class({
		type: "nonoptional",
		innerType: value
	}));
	return clone(schema, mergeDefs(schema._zod.def, { shape: newShape }));
}
function aborted(x, startIndex = 0) {
	if (x.aborted === true) return true;
	for (let i = startIndex; i < x.issues.length; i++) if (x.issues[i]?.continue !== true) return true;
	return false;
}
function explicitlyAborted(x, startIndex = 0) {
	if (x.aborted === true) return true;
	for (let i = startIndex; i < x.issues.length; i++) if (x.issues[i]?.continue === false) return true;
	return false;
}
function prefixIssues(path, issues) {
	return issues.map((iss) => {
		var _a;
		(_a = iss).path ?? (_a.path = []);
		iss.path.unshift(path);
		return iss;
	});
}
function unwrapMessage(message) {
	return typeof message === "string" ? message : message?.message;
}
/** The leading size checks of `defChecks` that set an upper bound, each paired with it. */
function sizeCaps(defChecks) {
	const caps = [];
	for (const ch of defChecks ?? []) {
		const d = ch._zod.def;
		if (!/_(length|size)$|_equals$/.test(d.check)) break;
		const max = d.maximum ?? d.length ?? d.size;
		if (max >= 0) caps.push([max, ch]);
	}
	return caps;
}
function attachSchema(issues, start, inst) {
	var _a;
	for (let i = start; i < issues.length; i++) (_a = issues[i]).schema ?? (_a.schema = inst);
}
function finalizeIssue(iss, ctx, config) {
	var _a;
	const traits = iss.inst?._zod?.traits;
	if (traits?.has("$ZodType")) {
		if (traits.has("$ZodCheck")) (_a = iss).schema ?? (_a.schema = iss.inst);
		else iss.schema = iss.inst;
	}
	const schemaError = iss.schema !== iss.inst ? iss.schema?._zod.def?.error : void 0;
	const message = iss.message ? iss.message : unwrapMessage(iss.inst?._zod.def?.error?.(iss)) ?? unwrapMessage(schemaError?.(iss)) ?? unwrapMessage(ctx?.error?.(iss)) ?? unwrapMessage(config.customError?.(iss)) ?? unwrapMessage(config.localeError?.(iss)) ?? "Invalid input";
	const full = {};
	for (const k of Object.keys(iss)) {
		if (k === "inst" || k === "schema" || k === "continue" || k === "input" || k === "__proto__") continue;
		full[k] = iss[k];
	}
	full.path ?? (full.path = []);
	full.message = message;
	if (ctx?.reportInput) full.input = iss.input;
	return full;
}
const highSurrogate = /[\uD800-\uDBFF]/;
function codePointLength(str) {
	const units = str.length;
	if (!highSurrogate.test(str)) return units;
	let count = units;
	for (let i = 0; i < units - 1; i++) if ((str.charCodeAt(i) & 64512) === 55296 && (str.charCodeAt(i + 1) & 64512) === 56320) {
		count--;
		i++;
	}
	return count;
}
function getLengthableOrigin(input) {
	if (Array.isArray(input)) return "array";
	if (typeof input === "string") return "string";
	return "unknown";
}
function parsedType(data) {
	const t = typeof data;
	switch (t) {
		case "number": return Number.isNaN(data) ? "nan" : "number";
		case "object": {
			if (data === null) return "null";
			if (Array.isArray(data)) return "array";
			const obj = data;
			if (obj && Object.getPrototypeOf(obj) !== Object.prototype && "constructor" in obj && obj.constructor) return obj.constructor.name;
		}
	}
	return t;
}
function issue(...args) {
	const [iss, input, inst] = args;
	if (typeof iss === "string") return {
		message: iss,
		code: "custom",
		input,
		inst
	};
	return { ...iss };
}
/**
* Installs a trait's members on its prototype. Each value builds that member for the instance on first read; the built value shadows the accessor as an own property, so a detached `const { parse } = schema` keeps working.
*
* Call this from a `proto` initializer, which runs once per prototype — never per instance.
*/
function members(proto, table) {
	for (const key in table) {
		const desc = Object.getOwnPropertyDescriptor(table, key);
		if (desc.get) Object.defineProperty(proto, key, {
			...desc,
			enumerable: false
		});
		else defineBound(proto, key, desc.value);
	}
}
/** Shadows a prototype member with an own value, so a getter that builds from the instance runs once. */
function own(inst, key, value, enumerable = true) {
	Object.defineProperty(inst, key, {
		configurable: true,
		writable: true,
		enumerable,
		value
	});
	return value;
}
/** Like {@link own}, for a member that was never an own data property and has to stay out of `Object.keys`. */
function hide(inst, key, value) {
	return own(inst, key, value, false);
}
/** Adds members a table derives from the instance: each builds on first read and shadows as own data, and assignment shadows the same way, as when these were own properties. */
/* @__NO_SIDE_EFFECTS__ */
function derived(computes, table) {
	for (const key in computes) {
		const compute = computes[key];
		Object.defineProperty(table, key, {
			configurable: true,
			enumerable: true,
			get() {
				return own(this, key, compute(this));
			},
			set(value) {
				own(this, key, value);
			}
		});
	}
	return table;
}
function defineBound(proto, key, fn) {
	Object.defineProperty(proto, key, {
		configurable: true,
		get() {
			return this == null ? fn : own(this, key, fn.bind(this));
		},
		set(value) {
			own(this, key, value);
		}
	});
}
/** Returns the prototype to install on, or `undefined` if this group is already installed on it. */
function claim(inst, sentinel) {
	const proto = Object.getPrototypeOf(inst);
	return sentinel in proto ? void 0 : proto;
}
let installing;
let broke = false;
const breaker = {
	configurable: true,
	get() {
		broke = true;
	}
};
/**
* Installs a lazily-derived internal on the `_zod` prototype of `inst`'s
* constructor, computed from the internals object itself and cached there on
* first read. One accessor per constructor rather than one per instance.
*/
function defineLazyInternal(inst, key, compute) {
	const proto = Object.getPrototypeOf(inst._zod);
	if (key in proto && installing !== inst._zod) {
		installing = void 0;
		return;
	}
	installing = inst._zod;
	Object.defineProperty(proto, key, {
		configurable: true,
		get() {
			Object.defineProperty(this, key, breaker);
			const outer = broke;
			broke = false;
			try {
				const value = compute(this);
				if (broke) delete this[key];
				else Object.defineProperty(this, key, {
					configurable: true,
					writable: true,
					value
				});
				broke = broke || outer;
				return value;
			} catch (err) {
				delete this[key];
				broke = broke || outer;
				throw err;
			}
		},
		set(value) {
			Object.defineProperty(this, key, {
				configurable: true,
				writable: true,
				value
			});
		}
	});
}
/**
* Installs `key` on `inst`'s prototype, computed by `make` on first read and cached there as an own
* data property. One accessor per constructor rather than one per instance, because an own accessor
* puts every instance after the first into v8 dictionary mode. The key doubles as the sentinel.
*/
function installLazyProp(inst, key, make, enumerable) {
	const proto = claim(inst, key);
	if (!proto) return;
	Object.defineProperty(proto, key, {
		configurable: true,
		get() {
			const desc = {
				configurable: true,
				writable: true,
				enumerable,
				value: void 0
			};
			Object.defineProperty(this, key, desc);
			desc.value = make(this);
			Object.defineProperty(this, key, desc);
			return desc.value;
		},
		set(value) {
			Object.defineProperty(this, key, {
				configurable: true,
				writable: true,
				enumerable,
				value
			});
		}
	});
}
/** Marks the thunk `_catch` synthesises for a constant catch value. `Function.length` cannot tell that thunk from a user callback — rest and defaulted parameters both report arity 0 — and a user callback reads `ctx.error`, whose issues only finalize correctly against the caller's per-parse error map. Provenance can say what arity cannot. A plain string key rather than `Symbol.for`, whose call at module scope no bundler can prove pure — the same shape that anchored `urlCanParse` into every build. */
const CONSTANT_CATCH = "~constantCatch";
/** Wraps a constant catch value in a thunk tagged with {@link CONSTANT_CATCH}. */
function constantCatch(value) {
	const fn = () => value;
	fn[CONSTANT_CATCH] = true;
	return fn;
}

// node_modules/zod/v4/core/core.js
var _a$1;
const _zodDesc = {
	value: void 0,
	enumerable: false
};
let _E = "captureStackTrace" in Error ? Error : null;
function newError(Definition) {
	const E = _E;
	if (E) {
		const saved = E.stackTraceLimit;
		if (typeof saved === "number") {
			try {
				E.stackTraceLimit = 0;
			} catch {
				_E = null;
				return new Definition();
			}
			try {
				return new Definition();
			} finally {
				E.stackTraceLimit = saved;
			}
		}
	}
	return new Definition();
}
/* @__NO_SIDE_EFFECTS__ */
function $constructor(name, initializer, proto, params) {
	const zodProto = {};
	function Internals(def) {
		this.def = def;
		this.constr = _;
		this.traits = /* @__PURE__ */ new Set();
	}
	Internals.prototype = zodProto;
	const protoMembers = proto;
	const initialized = protoMembers && /* @__PURE__ */ new WeakSet();
	function init(inst, def) {
		if (!inst._zod) {
			_zodDesc.value = new Internals(def);
			try {
				Object.defineProperty(inst, "_zod", _zodDesc);
			} finally {
				_zodDesc.value = void 0;
			}
		} else if (inst._zod.traits.has(name)) return;
		inst._zod.traits.add(name);
		initializer(inst, def);
		if (initialized) {
			const own = Object.getPrototypeOf(inst);
			const ctorProto = inst._zod.constr.prototype;
			let up = own;
			while (up && up !== ctorProto) up = Object.getPrototypeOf(up);
			const target = up ?? own;
			if (!initialized.has(target)) {
				initialized.add(target);
				members(target, protoMembers);
			}
		}
		const proto = _.prototype;
		for (const k in proto) {
			if (!Object.prototype.hasOwnProperty.call(proto, k)) continue;
			if (!(k in inst)) inst[k] = proto[k].bind(inst);
		}
	}
	const Parent = params?.Parent ?? Object;
	class Definition extends Parent {}
	Object.defineProperty(Definition, "name", { value: name });
	function _(def) {
		const inst = params?.Parent ? newError(Definition) : this;
		init(inst, def);
		const deferred = inst._zod.deferred;
		if (deferred) {
			for (const fn of deferred) fn();
			inst._zod.deferred = void 0;
		}
		const pp = globalThis.__zod_globalConfig?.postProcessor;
		if (pp) pp(inst);
		return inst;
	}
	Object.defineProperty(_, "init", { value: init });
	Object.defineProperty(_, Symbol.hasInstance, { value: (inst) => {
		if (params?.Parent && inst instanceof params.Parent) return true;
		return inst?._zod?.traits?.has(name);
	} });
	Object.defineProperty(_, "name", { value: name });
	return _;
}
var $ZodAsyncError = class extends Error {
	constructor() {
		super(`Encountered Promise during synchronous parse. Use .parseAsync() instead.`);
	}
};
var $ZodEncodeError = class extends Error {
	constructor(name) {
		super(`Encountered unidirectional transform during encode: ${name}`);
		this.name = "ZodEncodeError";
	}
};
(_a$1 = globalThis).__zod_globalConfig ?? (_a$1.__zod_globalConfig = {});
const globalConfig = globalThis.__zod_globalConfig;
function config(newConfig) {
	if (newConfig) Object.assign(globalConfig, newConfig);
	return globalConfig;
}

// node_modules/zod/v4/core/errors.js
function _getMessage() {
	const internals = this._zod;
	internals.message ?? (internals.message = JSON.stringify(internals.def, jsonStringifyReplacer, 2));
	return internals.message;
}
function _setMessage(value) {
	this._zod.message = value;
}
const _messageDesc = {
	get: _getMessage,
	set: _setMessage,
	enumerable: true,
	configurable: true
};
const _issuesDesc = {
	value: void 0,
	enumerable: false
};
const _installedToString = /* @__PURE__ */ new WeakSet([Object.prototype, Error.prototype]);
const initializer$1 = (inst, def) => {
	inst.name = "$ZodError";
	_issuesDesc.value = def;
	Object.defineProperty(inst, "issues", _issuesDesc);
	_issuesDesc.value = void 0;
	Object.defineProperty(inst, "message", _messageDesc);
	const proto = Object.getPrototypeOf(inst);
	if (!_installedToString.has(proto)) {
		_installedToString.add(proto);
		Object.defineProperty(proto, "toString", {
			configurable: true,
			enumerable: false,
			get() {
				const value = () => this.message;
				Object.defineProperty(this, "toString", {
					value,
					configurable: true,
					writable: true
				});
				return value;
			},
			set(value) {
				Object.defineProperty(this, "toString", {
					value,
					configurable: true,
					writable: true
				});
			}
		});
	}
};
const $ZodError = /* @__PURE__ */ $constructor("$ZodError", initializer$1);
/** Get-or-create `obj[key]` as an own data property. A path segment naming an inherited member
* ("toString", "constructor") would otherwise read through to the prototype, and assigning
* "__proto__" would hit the setter instead of creating a key. */
function node(obj, key, make) {
	if (!Object.prototype.hasOwnProperty.call(obj, key)) {
		if (key === "__proto__") Object.defineProperty(obj, key, {
			value: make(),
			writable: true,
			enumerable: true,
			configurable: true
		});
		else obj[key] = make();
	}
	return obj[key];
}
function flattenError(error, mapper = (issue) => issue.message) {
	const fieldErrors = {};
	const formErrors = [];
	for (const sub of error.issues) if (sub.path.length > 0) node(fieldErrors, sub.path[0], () => []).push(mapper(sub));
	else formErrors.push(mapper(sub));
	return {
		formErrors,
		fieldErrors
	};
}
function formatError(error, mapper = (issue) => issue.message) {
	const fieldErrors = { _errors: [] };
	const processError = (error, path = []) => {
		for (const issue of error.issues) if (issue.code === "invalid_union" && issue.errors.length) issue.errors.map((issues) => processError({ issues }, [...path, ...issue.path]));
		else if (issue.code === "invalid_key") processError({ issues: issue.issues }, [...path, ...issue.path]);
		else if (issue.code === "invalid_element") processError({ issues: issue.issues }, [...path, ...issue.path]);
		else {
			const fullpath = [...path, ...issue.path];
			if (fullpath.length === 0) fieldErrors._errors.push(mapper(issue));
			else {
				let curr = fieldErrors;
				let i = 0;
				while (i < fullpath.length) {
					const el = fullpath[i];
					const terminal = i === fullpath.length - 1;
					if (el === "_errors") {
						if (terminal) curr._errors.push(mapper(issue));
						i++;
						continue;
					}
					if (!Object.prototype.hasOwnProperty.call(curr, el)) Object.defineProperty(curr, el, {
						value: { _errors: [] },
						enumerable: true,
						writable: true,
						configurable: true
					});
					const node = curr[el];
					if (terminal) node._errors.push(mapper(issue));
					curr = node;
					i++;
				}
			}
		}
	};
	processError(error);
	return fieldErrors;
}

// node_modules/zod/v4/core/parse.js
function finalizeParams(callee, params) {
	return {
		callee: params?.callee ?? callee,
		Err: params?.Err
	};
}
const _parse = (_Err) => {
	const fn = (schema, value, _ctx, _params) => {
		const ctx = _ctx ? {
			..._ctx,
			async: false
		} : { async: false };
		const result = schema._zod.run({
			value,
			issues: []
		}, ctx);
		if (result instanceof Promise) throw new $ZodAsyncError();
		if (result.issues.length) {
			const e = new ((_params?.Err) ?? _Err)(result.issues.map((iss) => finalizeIssue(iss, ctx, config())));
			captureStackTrace(e, _params?.callee ?? fn);
			throw e;
		}
		return result.value;
	};
	return fn;
};
const _parseAsync = (_Err) => {
	const fn = async (schema, value, _ctx, params) => {
		const ctx = _ctx ? {
			..._ctx,
			async: true
		} : { async: true };
		let result = schema._zod.run({
			value,
			issues: []
		}, ctx);
		if (result instanceof Promise) result = await result;
		if (result.issues.length) {
			const e = new ((params?.Err) ?? _Err)(result.issues.map((iss) => finalizeIssue(iss, ctx, config())));
			captureStackTrace(e, params?.callee ?? fn);
			throw e;
		}
		return result.value;
	};
	return fn;
};
const _safeParse = (_Err) => (schema, value, _ctx) => {
	const ctx = _ctx ? {
		..._ctx,
		async: false
	} : { async: false };
	const result = schema._zod.run({
		value,
		issues: []
	}, ctx);
	if (result instanceof Promise) throw new $ZodAsyncError();
	return result.issues.length ? failure(_Err, result.issues, ctx) : {
		success: true,
		data: result.value
	};
};
function failure(Err, issues, ctx) {
	let error;
	return {
		success: false,
		get error() {
			if (!error) {
				error = new Err(issues.map((iss) => finalizeIssue(iss, ctx, config())));
				issues = void 0;
				ctx = void 0;
			}
			return error;
		},
		set error(e) {
			error = e;
			issues = void 0;
			ctx = void 0;
		}
	};
}
const _safeParseAsync = (_Err) => async (schema, value, _ctx) => {
	const ctx = _ctx ? {
		..._ctx,
		async: true
	} : { async: true };
	let result = schema._zod.run({
		value,
		issues: []
	}, ctx);
	if (result instanceof Promise) result = await result;
	return result.issues.length ? failure(_Err, result.issues, ctx) : {
		success: true,
		data: result.value
	};
};
const COMPILE_INVALID = /* @__PURE__ */ Symbol.for("zod.compile.invalid");
const COMPILE_FALLBACK = /* @__PURE__ */ Symbol.for("zod.compile.fallback");
const validate = ((schema, value, _ctx) => {
	const validator = schema._zod.bag.validator;
	if (validator !== void 0) {
		if (validator(value) !== COMPILE_INVALID) return true;
		if (validator.definite === true && _ctx === void 0) return false;
	}
	return validateFallback(schema, value, _ctx);
});
function validateFallback(schema, value, _ctx) {
	const ctx = _ctx ? {
		..._ctx,
		async: false,
		abortEarly: true
	} : {
		async: false,
		abortEarly: true
	};
	const fallbackRun = schema._zod.bag.fallbackRun;
	let result;
	if (fallbackRun) {
		ctx[COMPILE_FALLBACK] = true;
		result = fallbackRun({
			value,
			issues: []
		}, ctx);
	} else result = schema._zod.run({
		value,
		issues: []
	}, ctx);
	if (result instanceof Promise) throw new $ZodAsyncError();
	return result.issues.length === 0;
}
const validateAsync$1 = async (schema, value, _ctx) => {
	const ctx = _ctx ? {
		..._ctx,
		async: true,
		abortEarly: true
	} : {
		async: true,
		abortEarly: true
	};
	let result = schema._zod.run({
		value,
		issues: []
	}, ctx);
	if (result instanceof Promise) result = await result;
	return result.issues.length === 0;
};
const _encode = (_Err) => {
	const parse = _parse(_Err);
	const fn = (schema, value, _ctx, _params) => {
		const ctx = _ctx ? {
			..._ctx,
			direction: "backward"
		} : { direction: "backward" };
		return parse(schema, value, ctx, finalizeParams(fn, _params));
	};
	return fn;
};
const _decode = (_Err) => {
	const parse = _parse(_Err);
	const fn = (schema, value, _ctx, _params) => {
		return parse(schema, value, _ctx, finalizeParams(fn, _params));
	};
	return fn;
};
const _encodeAsync = (_Err) => {
	const parseAsync = _parseAsync(_Err);
	const fn = async (schema, value, _ctx, _params) => {
		const ctx = _ctx ? {
			..._ctx,
			direction: "backward"
		} : { direction: "backward" };
		return await parseAsync(schema, value, ctx, finalizeParams(fn, _params));
	};
	return fn;
};
const _decodeAsync = (_Err) => {
	const parseAsync = _parseAsync(_Err);
	const fn = async (schema, value, _ctx, _params) => {
		return await parseAsync(schema, value, _ctx, finalizeParams(fn, _params));
	};
	return fn;
};
const _safeEncode = (_Err) => (schema, value, _ctx) => {
	const ctx = _ctx ? {
		..._ctx,
		direction: "backward"
	} : { direction: "backward" };
	return _safeParse(_Err)(schema, value, ctx);
};
const _safeDecode = (_Err) => (schema, value, _ctx) => {
	return _safeParse(_Err)(schema, value, _ctx);
};
const _safeEncodeAsync = (_Err) => async (schema, value, _ctx) => {
	const ctx = _ctx ? {
		..._ctx,
		direction: "backward"
	} : { direction: "backward" };
	return _safeParseAsync(_Err)(schema, value, ctx);
};
const _safeDecodeAsync = (_Err) => async (schema, value, _ctx) => {
	return _safeParseAsync(_Err)(schema, value, _ctx);
};

// node_modules/zod/v4/core/regexes.js
/**
* @deprecated CUID v1 is deprecated by its authors due to information leakage
* (timestamps embedded in the id). Use {@link cuid2} instead.
* See https://github.com/paralleldrive/cuid.
*/
const cuid = /^[cC][0-9a-z]{6,}$/;
const cuid2 = /^[0-9a-z]+$/;
const ulid = /^[0-7][0-9A-HJKMNP-TV-Za-hjkmnp-tv-z]{25}$/;
const xid = /^[0-9a-vA-V]{20}$/;
const ksuid = /^[A-Za-z0-9]{27}$/;
const nanoid = /^[a-zA-Z0-9_-]{21}$/;
function nanoidOfLength(length) {
	return new RegExp(`^[a-zA-Z0-9_-]{${length}}$`);
}
/** ISO 8601-1 duration regex. Does not support the 8601-2 extensions like negative durations or fractional/negative components. */
const duration = /^P(?:(\d+W)|(?!.*W)(?=\d|T\d)(\d+Y)?(\d+M)?(\d+D)?(T(?=\d)(\d+H)?(\d+M)?(\d+([.,]\d+)?S)?)?)$/;
/** A regex for any UUID-like identifier: 8-4-4-4-12 hex pattern */
const guid = /^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12})$/;
/** Returns a regex for validating an RFC 9562/4122 UUID.
*
* @param version Optionally specify a version 1-8. If no version is specified, all versions are supported. */
const uuid = (version) => {
	if (!version) return /^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$/;
	return new RegExp(`^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-${version}[0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12})$`);
};
/** Practical email validation */
const email = /^(?:[A-Za-z0-9_'+\-]+\.)*[A-Za-z0-9_'+\-]*[A-Za-z0-9_+-]@(?:[A-Za-z0-9][A-Za-z0-9\-]*\.)+[A-Za-z]{2,}$/;
const _emoji$1 = `^(?=[\\s\\S]*[\\p{Extended_Pictographic}\\p{Regional_Indicator}\\u20E3])[\\p{Extended_Pictographic}\\p{Emoji_Component}]+$`;
function emoji() {
	return new RegExp(_emoji$1, "u");
}
const ipv4 = /^(?:(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9][0-9]|[0-9])\.){3}(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9][0-9]|[0-9])$/;
const ipv6 = /^(([0-9a-fA-F]{1,4}:){7}[0-9a-fA-F]{1,4}|([0-9a-fA-F]{1,4}:){1,7}:|([0-9a-fA-F]{1,4}:){1,6}:[0-9a-fA-F]{1,4}|([0-9a-fA-F]{1,4}:){1,5}(:[0-9a-fA-F]{1,4}){1,2}|([0-9a-fA-F]{1,4}:){1,4}(:[0-9a-fA-F]{1,4}){1,3}|([0-9a-fA-F]{1,4}:){1,3}(:[0-9a-fA-F]{1,4}){1,4}|([0-9a-fA-F]{1,4}:){1,2}(:[0-9a-fA-F]{1,4}){1,5}|[0-9a-fA-F]{1,4}:((:[0-9a-fA-F]{1,4}){1,6})|:((:[0-9a-fA-F]{1,4}){1,7}|:))$/;
const cidrv4 = /^((25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9][0-9]|[0-9])\.){3}(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9][0-9]|[0-9])\/([0-9]|[1-2][0-9]|3[0-2])$/;
const cidrv6 = /^(([0-9a-fA-F]{1,4}:){7}[0-9a-fA-F]{1,4}|([0-9a-fA-F]{1,4}:){1,7}:|([0-9a-fA-F]{1,4}:){1,6}:[0-9a-fA-F]{1,4}|([0-9a-fA-F]{1,4}:){1,5}(:[0-9a-fA-F]{1,4}){1,2}|([0-9a-fA-F]{1,4}:){1,4}(:[0-9a-fA-F]{1,4}){1,3}|([0-9a-fA-F]{1,4}:){1,3}(:[0-9a-fA-F]{1,4}){1,4}|([0-9a-fA-F]{1,4}:){1,2}(:[0-9a-fA-F]{1,4}){1,5}|[0-9a-fA-F]{1,4}:((:[0-9a-fA-F]{1,4}){1,6})|:((:[0-9a-fA-F]{1,4}){1,7}|:))\/(12[0-8]|1[01][0-9]|[1-9]?[0-9])$/;
const base64 = /^$|^(?:[0-9a-zA-Z+/]{4})*(?:(?:[0-9a-zA-Z+/]{2}==)|(?:[0-9a-zA-Z+/]{3}=))?$/;
const base64url = /^(?:[A-Za-z0-9_-]{4})*(?:[A-Za-z0-9_-]{2,3})?$/;
const httpProtocol = /^https?$/;
const e164 = /^\+[1-9]\d{6,14}$/;
const dateSource = `(?:(?:\\d\\d[2468][048]|\\d\\d[13579][26]|\\d\\d0[48]|[02468][048]00|[13579][26]00)-02-29|\\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\\d|30)|(?:02)-(?:0[1-9]|1\\d|2[0-8])))`;
/** Anchors a pattern source. The interpolation lives here rather than at the call site because
* esbuild will not drop a `@__PURE__` call whose own argument interpolates a variable, but it
* will drop `anchor(dateSource)`. Keeping it inline pinned `date` into every bundle. */
function anchor(source) {
	return new RegExp(`^${source}$`);
}
const date = /*@__PURE__*/ anchor(dateSource);
function timeSource(args) {
	const hhmm = `(?:[01]\\d|2[0-3]):[0-5]\\d`;
	return typeof args.precision === "number" ? args.precision === -1 ? `${hhmm}` : args.precision === 0 ? `${hhmm}:[0-5]\\d` : `${hhmm}:[0-5]\\d\\.\\d{${args.precision}}` : args.seconds ? `${hhmm}:[0-5]\\d(?:\\.\\d+)?` : `${hhmm}(?::[0-5]\\d(?:\\.\\d+)?)?`;
}
function time$1(args) {
	return new RegExp(`^${timeSource(args)}$`);
}
function datetime(args) {
	const opts = ["Z"];
	if (args.offset) opts.push(`([+-](?:[01]\\d|2[0-3]):[0-5]\\d)`);
	const qualified = `${timeSource({
		precision: args.precision,
		seconds: true
	})}(?:${opts.join("|")})`;
	const timeRegex = args.local ? `${qualified}|${timeSource({ precision: args.precision })}` : qualified;
	return new RegExp(`^${dateSource}T(?:${timeRegex})$`);
}
const anyString = /^[\s\S]{0,}$/;
const number = /^-?\d+(?:\.\d+)?$/;
const boolean$1 = /^(?:true|false)$/i;
const lowercase = /^[^A-Z]*$/;
const uppercase = /^[^a-z]*$/;

// node_modules/zod/v4/core/checks.js
const $ZodCheck = /*@__PURE__*/ $constructor("$ZodCheck", (inst, def) => {
	var _a;
	inst._zod ?? (inst._zod = {});
	inst._zod.def = def;
	(_a = inst._zod).onattach ?? (_a.onattach = []);
});
/** Default `when` for length-based checks: run only on non-nullish values with a `length`. */
const _whenHasLength = (payload) => {
	const val = payload.value;
	return !nullish(val) && val.length !== void 0;
};
const numericOriginMap = {
	number: "number",
	bigint: "bigint",
	object: "date"
};
const $ZodCheckLessThan = /*@__PURE__*/ $constructor("$ZodCheckLessThan", (inst, def) => {
	$ZodCheck.init(inst, def);
	const origin = numericOriginMap[typeof def.value];
	inst._zod.check = (payload) => {
		if (def.inclusive ? payload.value <= def.value : payload.value < def.value) return;
		payload.issues.push({
			origin: numericOriginMap[typeof payload.value] ?? origin,
			code: "too_big",
			maximum: typeof def.value === "object" ? def.value.getTime() : def.value,
			input: payload.value,
			inclusive: def.inclusive,
			inst,
			continue: !def.abort
		});
	};
});
const $ZodCheckGreaterThan = /*@__PURE__*/ $constructor("$ZodCheckGreaterThan", (inst, def) => {
	$ZodCheck.init(inst, def);
	const origin = numericOriginMap[typeof def.value];
	inst._zod.check = (payload) => {
		if (def.inclusive ? payload.value >= def.value : payload.value > def.value) return;
		payload.issues.push({
			origin: numericOriginMap[typeof payload.value] ?? origin,
			code: "too_small",
			minimum: typeof def.value === "object" ? def.value.getTime() : def.value,
			input: payload.value,
			inclusive: def.inclusive,
			inst,
			continue: !def.abort
		});
	};
});
const $ZodCheckMultipleOf = /*@__PURE__*/ $constructor("$ZodCheckMultipleOf", (inst, def) => {
	$ZodCheck.init(inst, def);
	inst._zod.check = (payload) => {
		if (typeof payload.value !== typeof def.value) throw new Error("Cannot mix number and bigint in multiple_of check.");
		if (typeof payload.value === "bigint" ? def.value !== BigInt(0) && payload.value % def.value === BigInt(0) : floatSafeRemainder(payload.value, def.value) === 0) return;
		payload.issues.push({
			origin: typeof payload.value,
			code: "not_multiple_of",
			divisor: def.value,
			input: payload.value,
			inst,
			continue: !def.abort
		});
	};
});
const $ZodCheckNumberFormat = /*@__PURE__*/ $constructor("$ZodCheckNumberFormat", (inst, def) => {
	$ZodCheck.init(inst, def);
	def.format = def.format || "float64";
	const isInt = def.format?.includes("int");
	const origin = isInt ? "int" : "number";
	const [minimum, maximum] = NUMBER_FORMAT_RANGES[def.format];
	inst._zod.check = (payload) => {
		const input = payload.value;
		if (isInt) {
			if (!Number.isInteger(input)) {
				payload.issues.push({
					expected: origin,
					format: def.format,
					code: "invalid_type",
					continue: false,
					input,
					inst
				});
				return;
			}
			if (!Number.isSafeInteger(input)) {
				if (input > 0) payload.issues.push({
					input,
					code: "too_big",
					maximum: Number.MAX_SAFE_INTEGER,
					note: "Integers must be within the safe integer range.",
					inst,
					origin,
					inclusive: true,
					continue: !def.abort
				});
				else payload.issues.push({
					input,
					code: "too_small",
					minimum: Number.MIN_SAFE_INTEGER,
					note: "Integers must be within the safe integer range.",
					inst,
					origin,
					inclusive: true,
					continue: !def.abort
				});
				return;
			}
		}
		if (input < minimum) payload.issues.push({
			origin: "number",
			input,
			code: "too_small",
			minimum,
			inclusive: true,
			inst,
			continue: !def.abort
		});
		if (input > maximum) payload.issues.push({
			origin: "number",
			input,
			code: "too_big",
			maximum,
			inclusive: true,
			inst,
			continue: !def.abort
		});
	};
});
const $ZodCheckMaxLength = /*@__PURE__*/ $constructor("$ZodCheckMaxLength", (inst, def) => {
	var _a;
	$ZodCheck.init(inst, def);
	(_a = inst._zod.def).when ?? (_a.when = _whenHasLength);
	inst._zod.check = (payload) => {
		const input = payload.value;
		const units = input.length;
		if ((typeof input === "string" && units > def.maximum ? codePointLength(input) : units) <= def.maximum) return;
		const origin = getLengthableOrigin(input);
		payload.issues.push({
			origin,
			code: "too_big",
			maximum: def.maximum,
			inclusive: true,
			input,
			inst,
			continue: !def.abort
		});
	};
});
const $ZodCheckMinLength = /*@__PURE__*/ $constructor("$ZodCheckMinLength", (inst, def) => {
	var _a;
	$ZodCheck.init(inst, def);
	(_a = inst._zod.def).when ?? (_a.when = _whenHasLength);
	inst._zod.check = (payload) => {
		const input = payload.value;
		const units = input.length;
		if ((typeof input === "string" && units >= def.minimum && units < def.minimum * 2 ? codePointLength(input) : units) >= def.minimum) return;
		const origin = getLengthableOrigin(input);
		payload.issues.push({
			origin,
			code: "too_small",
			minimum: def.minimum,
			inclusive: true,
			input,
			inst,
			continue: !def.abort
		});
	};
});
const $ZodCheckLengthEquals = /*@__PURE__*/ $constructor("$ZodCheckLengthEquals", (inst, def) => {
	var _a;
	$ZodCheck.init(inst, def);
	(_a = inst._zod.def).when ?? (_a.when = _whenHasLength);
	inst._zod.check = (payload) => {
		const input = payload.value;
		const units = input.length;
		const length = typeof input === "string" && units >= def.length && units <= def.length * 2 ? codePointLength(input) : units;
		if (length === def.length) return;
		const origin = getLengthableOrigin(input);
		const tooBig = length > def.length;
		payload.issues.push({
			origin,
			...tooBig ? {
				code: "too_big",
				maximum: def.length
			} : {
				code: "too_small",
				minimum: def.length
			},
			inclusive: true,
			exact: true,
			input: payload.value,
			inst,
			continue: !def.abort
		});
	};
});
const $ZodCheckStringFormat = /*@__PURE__*/ $constructor("$ZodCheckStringFormat", (inst, def) => {
	var _a, _b;
	$ZodCheck.init(inst, def);
	if (def.pattern) (_a = inst._zod).check ?? (_a.check = (payload) => {
		def.pattern.lastIndex = 0;
		if (def.pattern.test(payload.value)) return;
		payload.issues.push({
			origin: "string",
			code: "invalid_format",
			format: def.format,
			input: payload.value,
			...def.pattern ? { pattern: def.pattern.toString() } : {},
			inst,
			continue: !def.abort
		});
	});
	else (_b = inst._zod).check ?? (_b.check = () => {});
});
const $ZodCheckRegex = /*@__PURE__*/ $constructor("$ZodCheckRegex", (inst, def) => {
	$ZodCheckStringFormat.init(inst, def);
	inst._zod.check = (payload) => {
		def.pattern.lastIndex = 0;
		if (def.pattern.test(payload.value)) return;
		payload.issues.push({
			origin: "string",
			code: "invalid_format",
			format: "regex",
			input: payload.value,
			pattern: def.pattern.toString(),
			inst,
			continue: !def.abort
		});
	};
});
const $ZodCheckLowerCase = /*@__PURE__*/ $constructor("$ZodCheckLowerCase", (inst, def) => {
	def.pattern ?? (def.pattern = lowercase);
	$ZodCheckStringFormat.init(inst, def);
});
const $ZodCheckUpperCase = /*@__PURE__*/ $constructor("$ZodCheckUpperCase", (inst, def) => {
	def.pattern ?? (def.pattern = uppercase);
	$ZodCheckStringFormat.init(inst, def);
});
const $ZodCheckIncludes = /*@__PURE__*/ $constructor("$ZodCheckIncludes", (inst, def) => {
	$ZodCheck.init(inst, def);
	const escapedRegex = escapeRegex(def.includes);
	def.pattern = new RegExp(typeof def.position === "number" ? `^.{${def.position},}${escapedRegex}` : escapedRegex);
	inst._zod.check = (payload) => {
		if (payload.value.includes(def.includes, def.position)) return;
		payload.issues.push({
			origin: "string",
			code: "invalid_format",
			format: "includes",
			includes: def.includes,
			input: payload.value,
			inst,
			continue: !def.abort
		});
	};
});
const $ZodCheckStartsWith = /*@__PURE__*/ $constructor("$ZodCheckStartsWith", (inst, def) => {
	$ZodCheck.init(inst, def);
	const pattern = new RegExp(`^${escapeRegex(def.prefix)}.*`);
	def.pattern ?? (def.pattern = pattern);
	inst._zod.check = (payload) => {
		if (payload.value.startsWith(def.prefix)) return;
		payload.issues.push({
			origin: "string",
			code: "invalid_format",
			format: "starts_with",
			prefix: def.prefix,
			input: payload.value,
			inst,
			continue: !def.abort
		});
	};
});
const $ZodCheckEndsWith = /*@__PURE__*/ $constructor("$ZodCheckEndsWith", (inst, def) => {
	$ZodCheck.init(inst, def);
	const pattern = new RegExp(`.*${escapeRegex(def.suffix)}$`);
	def.pattern ?? (def.pattern = pattern);
	inst._zod.check = (payload) => {
		if (payload.value.endsWith(def.suffix)) return;
		payload.issues.push({
			origin: "string",
			code: "invalid_format",
			format: "ends_with",
			suffix: def.suffix,
			input: payload.value,
			inst,
			continue: !def.abort
		});
	};
});
const $ZodCheckOverwrite = /*@__PURE__*/ $constructor("$ZodCheckOverwrite", (inst, def) => {
	$ZodCheck.init(inst, def);
	inst._zod.check = (payload) => {
		payload.value = def.tx(payload.value);
	};
});

// node_modules/zod/v4/core/doc.js
var Doc = class {
	constructor(args = [], closed = {}) {
		this.content = [];
		this.indent = 0;
		this.args = args;
		this.closed = closed;
	}
	indented(fn) {
		this.indent += 1;
		try {
			fn(this);
		} finally {
			this.indent -= 1;
		}
	}
	write(arg) {
		if (typeof arg === "function") {
			arg(this, { execution: "sync" });
			arg(this, { execution: "async" });
			return;
		}
		const lines = arg.split("\n").filter((x) => x);
		const minIndent = Math.min(...lines.map((x) => x.length - x.trimStart().length));
		const dedented = lines.map((x) => x.slice(minIndent)).map((x) => " ".repeat(this.indent * 2) + x);
		for (const line of dedented) this.content.push(line);
	}
	compile() {
		const F = Function;
		const content = this?.content ?? [``];
		return new F(...Object.keys(this.closed), `return function (${this.args.join(", ")}) {\n${content.join("\n")}\n};`)(...Object.values(this.closed));
	}
};

// node_modules/zod/v4/core/versions.js
const version$1 = {
	major: 4,
	minor: 6,
	patch: 7
};

// node_modules/zod/v4/core/schemas.js
const $ZodType = /*@__PURE__*/ $constructor("$ZodType", (inst, def) => {
	var _a;
	inst ?? (inst = {});
	inst._zod.def = def;
	inst._zod.bag = inst._zod.bag || {};
	inst._zod.version = version$1;
	const defChecks = inst._zod.def.checks;
	const checks = inst._zod.traits.has("$ZodCheck") ? [inst, ...defChecks ?? []] : defChecks?.length ? [...defChecks] : [];
	for (const ch of checks) for (const fn of ch._zod.onattach) fn(inst);
	if (checks.length === 0) {
		(_a = inst._zod).deferred ?? (_a.deferred = []);
		inst._zod.deferred?.push(() => {
			inst._zod.run = inst._zod.parse;
		});
	} else {
		const runChecks = (payload, checks, ctx) => {
			if (payload.memo) return payload;
			let isAborted = aborted(payload);
			let asyncResult;
			for (const ch of checks) {
				if (ch._zod.def.when) {
					if (explicitlyAborted(payload)) continue;
					if (!ch._zod.def.when(payload)) continue;
				} else if (isAborted) continue;
				const currLen = payload.issues.length;
				const _ = ch._zod.check(payload);
				if (_ instanceof Promise && ctx?.async === false) throw new $ZodAsyncError();
				if (asyncResult || _ instanceof Promise) asyncResult = (asyncResult ?? Promise.resolve()).then(async () => {
					await _;
					if (payload.issues.length === currLen) return;
					attachSchema(payload.issues, currLen, inst);
					if (!isAborted) isAborted = aborted(payload, currLen);
				});
				else {
					if (payload.issues.length === currLen) continue;
					attachSchema(payload.issues, currLen, inst);
					if (!isAborted) isAborted = aborted(payload, currLen);
				}
			}
			if (asyncResult) return asyncResult.then(() => {
				return payload;
			});
			return payload;
		};
		const handleCanaryResult = (canary, payload, ctx) => {
			if (aborted(canary)) {
				canary.aborted = true;
				return canary;
			}
			const checkResult = runChecks(payload, checks, ctx);
			if (checkResult instanceof Promise) {
				if (ctx.async === false) throw new $ZodAsyncError();
				return checkResult.then((checkResult) => inst._zod.parse(checkResult, ctx));
			}
			return inst._zod.parse(checkResult, ctx);
		};
		inst._zod.run = (payload, ctx) => {
			if (ctx.skipChecks) return inst._zod.parse(payload, ctx);
			if (ctx.direction === "backward") {
				const canary = inst._zod.parse({
					value: payload.value,
					issues: []
				}, {
					...ctx,
					skipChecks: true
				});
				if (canary instanceof Promise) return canary.then((canary) => {
					return handleCanaryResult(canary, payload, ctx);
				});
				return handleCanaryResult(canary, payload, ctx);
			}
			const result = inst._zod.parse(payload, ctx);
			if (result instanceof Promise) {
				if (ctx.async === false) throw new $ZodAsyncError();
				return result.then((result) => runChecks(result, checks, ctx));
			}
			return runChecks(result, checks, ctx);
		};
	}
}, {
	get "~standard"() {
		return hide(this, "~standard", standardProps(this));
	},
	set "~standard"(value) {
		own(this, "~standard", value);
	}
});
/** The Standard Schema surface for `inst`. Shared so wrappers can extend it without forcing it. */
const toStandardResult = (r, ctx) => r.issues.length ? { issues: r.issues.map((iss) => finalizeIssue(iss, ctx, config())) } : { value: r.value };
async function validateAsync(inst, value) {
	const ctx = { async: true };
	return toStandardResult(await inst._zod.run({
		value,
		issues: []
	}, ctx), ctx);
}
function standardProps(inst) {
	return {
		validate: (value) => {
			const ctx = { async: false };
			try {
				const r = inst._zod.run({
					value,
					issues: []
				}, ctx);
				if (!(r instanceof Promise)) return toStandardResult(r, ctx);
			} catch (_) {}
			return validateAsync(inst, value);
		},
		vendor: "zod",
		version: 1
	};
}
const $ZodString = /*@__PURE__*/ $constructor("$ZodString", (inst, def) => {
	$ZodType.init(inst, def);
	inst._zod.pattern = def.pattern ?? anyString;
	inst._zod.parse = (payload, _) => {
		if (def.coerce) try {
			payload.value = String(payload.value);
		} catch (_) {}
		if (typeof payload.value === "string") return payload;
		payload.issues.push({
			expected: "string",
			code: "invalid_type",
			input: payload.value,
			inst
		});
		return payload;
	};
});
const $ZodStringFormat = /*@__PURE__*/ $constructor("$ZodStringFormat", (inst, def) => {
	$ZodCheckStringFormat.init(inst, def);
	$ZodString.init(inst, def);
});
const $ZodGUID = /*@__PURE__*/ $constructor("$ZodGUID", (inst, def) => {
	def.pattern ?? (def.pattern = guid);
	$ZodStringFormat.init(inst, def);
});
const $ZodUUID = /*@__PURE__*/ $constructor("$ZodUUID", (inst, def) => {
	if (def.version) {
		const v = {
			v1: 1,
			v2: 2,
			v3: 3,
			v4: 4,
			v5: 5,
			v6: 6,
			v7: 7,
			v8: 8
		}[def.version];
		if (v === void 0) throw new Error(`Invalid UUID version: "${def.version}"`);
		def.pattern ?? (def.pattern = uuid(v));
	} else def.pattern ?? (def.pattern = uuid());
	$ZodStringFormat.init(inst, def);
});
const $ZodEmail = /*@__PURE__*/ $constructor("$ZodEmail", (inst, def) => {
	def.pattern ?? (def.pattern = email);
	$ZodStringFormat.init(inst, def);
});
/** The `://` guard rejected the input before the URL constructor saw it. */
const URL_BAD_FORMAT = 1;
/** The URL parser rejected the input. */
const URL_UNPARSEABLE = 2;
function canParseURL(input) {
	try {
		if (typeof URL !== "undefined" && typeof URL.canParse === "function") return URL.canParse(input);
		new URL(input);
		return true;
	} catch {
		return false;
	}
}
function validateURL(trimmed, def) {
	if (!("normalize" in def) && !("hostname" in def) && !("protocol" in def)) return canParseURL(trimmed) || 2;
	return parseURLObject(trimmed, def);
}
/** Parses a URL while preserving the non-normalizing HTTP guard. */
function parseURLObject(trimmed, def) {
	if (!def.normalize && def.protocol?.source === httpProtocol.source && !/^https?:\/\//i.test(trimmed)) return 1;
	try {
		if (typeof URL !== "undefined") {
			const URLStatic = URL;
			if (typeof URLStatic.parse === "function") return URLStatic.parse(trimmed) ?? 2;
		}
		return new URL(trimmed);
	} catch {
		return 2;
	}
}
const asciiTabOrNewline = /[\t\n\r]/g;
/** The URL parser deletes every ASCII tab, LF and CR from its input before it parses, so `new URL("https://exa\nmple.com")` reports on `example.com`. Applying the same deletion to the returned value closes the half of that divergence which can move the host; the parser's other rewrite, stripping C0 controls at the edges, cannot. */
function stripTabAndNewline(value) {
	return value.replace(asciiTabOrNewline, "");
}
function urlHostnameOk(url, hostname) {
	hostname.lastIndex = 0;
	return hostname.test(url.hostname);
}
function urlProtocolOk(url, protocol) {
	protocol.lastIndex = 0;
	return protocol.test(url.protocol.endsWith(":") ? url.protocol.slice(0, -1) : url.protocol);
}
const $ZodURL = /*@__PURE__*/ $constructor("$ZodURL", (inst, def) => {
	$ZodStringFormat.init(inst, def);
	inst._zod.check = (payload) => {
		try {
			const trimmed = payload.value.trim();
			const url = validateURL(trimmed, def);
			if (url === 1) {
				payload.issues.push({
					code: "invalid_format",
					format: "url",
					note: "Invalid URL format",
					input: payload.value,
					inst,
					continue: !def.abort
				});
				return;
			}
			if (url === 2) {
				payload.issues.push({
					code: "invalid_format",
					format: "url",
					input: payload.value,
					inst,
					continue: !def.abort
				});
				return;
			}
			if (url === true) {
				payload.value = stripTabAndNewline(trimmed);
				return;
			}
			if (def.hostname && !urlHostnameOk(url, def.hostname)) payload.issues.push({
				code: "invalid_format",
				format: "url",
				note: "Invalid hostname",
				pattern: def.hostname.source,
				input: payload.value,
				inst,
				continue: !def.abort
			});
			if (def.protocol && !urlProtocolOk(url, def.protocol)) payload.issues.push({
				code: "invalid_format",
				format: "url",
				note: "Invalid protocol",
				pattern: def.protocol.source,
				input: payload.value,
				inst,
				continue: !def.abort
			});
			payload.value = def.normalize ? url.href : stripTabAndNewline(trimmed);
			return;
		} catch (_) {
			payload.issues.push({
				code: "invalid_format",
				format: "url",
				input: payload.value,
				inst,
				continue: !def.abort
			});
		}
	};
});
const $ZodEmoji = /*@__PURE__*/ $constructor("$ZodEmoji", (inst, def) => {
	def.pattern ?? (def.pattern = emoji());
	$ZodStringFormat.init(inst, def);
});
const $ZodNanoID = /*@__PURE__*/ $constructor("$ZodNanoID", (inst, def) => {
	if (def.length !== void 0 && (!Number.isInteger(def.length) || def.length < 1)) throw new Error(`Invalid nanoid length: ${def.length}`);
	def.pattern ?? (def.pattern = def.length === void 0 ? nanoid : nanoidOfLength(def.length));
	$ZodStringFormat.init(inst, def);
});
/**
* @deprecated CUID v1 is deprecated by its authors due to information leakage
* (timestamps embedded in the id). Use {@link $ZodCUID2} instead.
* See https://github.com/paralleldrive/cuid.
*/
const $ZodCUID = /*@__PURE__*/ $constructor("$ZodCUID", (inst, def) => {
	def.pattern ?? (def.pattern = cuid);
	$ZodStringFormat.init(inst, def);
});
const $ZodCUID2 = /*@__PURE__*/ $constructor("$ZodCUID2", (inst, def) => {
	def.pattern ?? (def.pattern = cuid2);
	$ZodStringFormat.init(inst, def);
});
const $ZodULID = /*@__PURE__*/ $constructor("$ZodULID", (inst, def) => {
	def.pattern ?? (def.pattern = ulid);
	$ZodStringFormat.init(inst, def);
});
const $ZodXID = /*@__PURE__*/ $constructor("$ZodXID", (inst, def) => {
	def.pattern ?? (def.pattern = xid);
	$ZodStringFormat.init(inst, def);
});
const $ZodKSUID = /*@__PURE__*/ $constructor("$ZodKSUID", (inst, def) => {
	def.pattern ?? (def.pattern = ksuid);
	$ZodStringFormat.init(inst, def);
});
const $ZodISODateTime = /*@__PURE__*/ $constructor("$ZodISODateTime", (inst, def) => {
	def.pattern ?? (def.pattern = datetime(def));
	$ZodStringFormat.init(inst, def);
});
const $ZodISODate = /*@__PURE__*/ $constructor("$ZodISODate", (inst, def) => {
	def.pattern ?? (def.pattern = date);
	$ZodStringFormat.init(inst, def);
});
const $ZodISOTime = /*@__PURE__*/ $constructor("$ZodISOTime", (inst, def) => {
	def.pattern ?? (def.pattern = time$1(def));
	$ZodStringFormat.init(inst, def);
});
const $ZodISODuration = /*@__PURE__*/ $constructor("$ZodISODuration", (inst, def) => {
	def.pattern ?? (def.pattern = duration);
	$ZodStringFormat.init(inst, def);
});
const $ZodIPv4 = /*@__PURE__*/ $constructor("$ZodIPv4", (inst, def) => {
	def.pattern ?? (def.pattern = ipv4);
	$ZodStringFormat.init(inst, def);
});
/** An IPv6 address is written with hex digits, colons and dots, and nothing else. The guard is what makes the check below an IPv6 check: `new URL("http://[...]")` parses an authority, not an address, so `@` and `\` re-delimit it and `"::@1\\"` validates against the host `0.0.0.1`. The URL parser also deletes ASCII tab, LF and CR rather than failing, which is how `"::1\n"` validated as `::1`. */
const ipv6Alphabet = /^[0-9a-fA-F:.]+$/;
function isValidIPv6(value) {
	if (!ipv6Alphabet.test(value)) return false;
	return canParseURL(`http://[${value}]`);
}
const $ZodIPv6 = /*@__PURE__*/ $constructor("$ZodIPv6", (inst, def) => {
	def.pattern ?? (def.pattern = ipv6);
	$ZodStringFormat.init(inst, def);
	inst._zod.check = (payload) => {
		if (!isValidIPv6(payload.value)) payload.issues.push({
			code: "invalid_format",
			format: "ipv6",
			input: payload.value,
			inst,
			continue: !def.abort
		});
	};
});
const $ZodCIDRv4 = /*@__PURE__*/ $constructor("$ZodCIDRv4", (inst, def) => {
	def.pattern ?? (def.pattern = cidrv4);
	$ZodStringFormat.init(inst, def);
});
function isValidCIDRv6(value) {
	const parts = value.split("/");
	if (parts.length !== 2) return false;
	const [address, prefix] = parts;
	if (!prefix) return false;
	const prefixNum = Number(prefix);
	if (`${prefixNum}` !== prefix) return false;
	if (prefixNum < 0 || prefixNum > 128) return false;
	return isValidIPv6(address);
}
const $ZodCIDRv6 = /*@__PURE__*/ $constructor("$ZodCIDRv6", (inst, def) => {
	def.pattern ?? (def.pattern = cidrv6);
	$ZodStringFormat.init(inst, def);
	inst._zod.check = (payload) => {
		if (!isValidCIDRv6(payload.value)) payload.issues.push({
			code: "invalid_format",
			format: "cidrv6",
			input: payload.value,
			inst,
			continue: !def.abort
		});
	};
});
function isValidBase64(data) {
	if (data === "") return true;
	if (/\s/.test(data)) return false;
	if (data.length % 4 !== 0) return false;
	try {
		atob(data);
		return true;
	} catch {
		return false;
	}
}
const base64Charset = /^[0-9a-zA-Z+/]*={0,2}$/;
const $ZodBase64 = /*@__PURE__*/ $constructor("$ZodBase64", (inst, def) => {
	def.pattern ?? (def.pattern = base64Charset);
	$ZodStringFormat.init(inst, def);
	inst._zod.check = (payload) => {
		if (isValidBase64(payload.value)) return;
		payload.issues.push({
			code: "invalid_format",
			format: "base64",
			input: payload.value,
			inst,
			continue: !def.abort
		});
	};
});
const base64urlCharset = /^[A-Za-z0-9_-]*$/;
function isValidBase64URL(data) {
	if (!base64urlCharset.test(data)) return false;
	const base64 = data.replace(/[-_]/g, (c) => c === "-" ? "+" : "/");
	return isValidBase64(base64.padEnd(Math.ceil(base64.length / 4) * 4, "="));
}
const $ZodBase64URL = /*@__PURE__*/ $constructor("$ZodBase64URL", (inst, def) => {
	def.pattern ?? (def.pattern = base64urlCharset);
	$ZodStringFormat.init(inst, def);
	inst._zod.check = (payload) => {
		if (isValidBase64URL(payload.value)) return;
		payload.issues.push({
			code: "invalid_format",
			format: "base64url",
			input: payload.value,
			inst,
			continue: !def.abort
		});
	};
});
const $ZodE164 = /*@__PURE__*/ $constructor("$ZodE164", (inst, def) => {
	def.pattern ?? (def.pattern = e164);
	$ZodStringFormat.init(inst, def);
});
function isValidJWT(token, algorithm = null) {
	try {
		const tokensParts = token.split(".");
		if (tokensParts.length !== 3) return false;
		const [header] = tokensParts;
		if (!header) return false;
		const parsedHeader = JSON.parse(atob(header));
		if ("typ" in parsedHeader && parsedHeader?.typ !== "JWT") return false;
		if (!parsedHeader.alg) return false;
		if (algorithm && (!("alg" in parsedHeader) || parsedHeader.alg !== algorithm)) return false;
		return true;
	} catch {
		return false;
	}
}
const $ZodJWT = /*@__PURE__*/ $constructor("$ZodJWT", (inst, def) => {
	$ZodStringFormat.init(inst, def);
	inst._zod.check = (payload) => {
		if (isValidJWT(payload.value, def.alg)) return;
		payload.issues.push({
			code: "invalid_format",
			format: "jwt",
			input: payload.value,
			inst,
			continue: !def.abort
		});
	};
});
const $ZodNumber = /*@__PURE__*/ $constructor("$ZodNumber", (inst, def) => {
	$ZodType.init(inst, def);
	inst._zod.pattern = number;
	inst._zod.parse = (payload, _ctx) => {
		if (def.coerce) try {
			payload.value = Number(payload.value);
		} catch (_) {}
		const input = payload.value;
		if (typeof input === "number" && !Number.isNaN(input) && Number.isFinite(input)) return payload;
		const received = typeof input === "number" ? Number.isNaN(input) ? "NaN" : !Number.isFinite(input) ? String(input) : void 0 : void 0;
		payload.issues.push({
			expected: "number",
			code: "invalid_type",
			input,
			inst,
			...received ? { received } : {}
		});
		return payload;
	};
});
const $ZodNumberFormat = /*@__PURE__*/ $constructor("$ZodNumberFormat", (inst, def) => {
	$ZodCheckNumberFormat.init(inst, def);
	$ZodNumber.init(inst, def);
});
const $ZodBoolean = /*@__PURE__*/ $constructor("$ZodBoolean", (inst, def) => {
	$ZodType.init(inst, def);
	inst._zod.pattern = boolean$1;
	inst._zod.parse = (payload, _ctx) => {
		if (def.coerce) try {
			payload.value = Boolean(payload.value);
		} catch (_) {}
		const input = payload.value;
		if (typeof input === "boolean") return payload;
		payload.issues.push({
			expected: "boolean",
			code: "invalid_type",
			input,
			inst
		});
		return payload;
	};
});
const $ZodUnknown = /*@__PURE__*/ $constructor("$ZodUnknown", (inst, def) => {
	$ZodType.init(inst, def);
	inst._zod.parse = (payload) => payload;
});
const $ZodNever = /*@__PURE__*/ $constructor("$ZodNever", (inst, def) => {
	$ZodType.init(inst, def);
	inst._zod.parse = (payload, _ctx) => {
		payload.issues.push({
			expected: "never",
			code: "invalid_type",
			input: payload.value,
			inst
		});
		return payload;
	};
});
function capSize(inst, size) {
	const caps = sizeCaps(inst._zod.def.checks);
	if (!caps.length) return;
	const cap = Math.min(...caps.map((c) => c[0]));
	const parse = inst._zod.parse;
	inst._zod.parse = (payload, ctx) => {
		const n = size(payload.value);
		if (n > cap && !ctx?.skipChecks && ctx?.direction !== "backward") {
			for (const [max, ch] of sizeCaps(inst._zod.def.checks)) if (n > max && ch._zod.def.when(payload)) {
				const start = payload.issues.length;
				ch._zod.check(payload);
				payload.issues[start].continue = false;
				attachSchema(payload.issues, start, inst);
				return payload;
			}
		}
		return parse(payload, ctx);
	};
}
const arraySize = (input) => Array.isArray(input) ? input.length : -1;
function handleArrayResult(result, final, index) {
	if (result.issues.length) final.issues.push(...prefixIssues(index, result.issues));
	final.value[index] = result.value;
}
const $ZodArray = /*@__PURE__*/ $constructor("$ZodArray", (inst, def) => {
	$ZodType.init(inst, def);
	const memo = globalConfig.memoizer;
	memo?.attach(inst);
	inst._zod.parse = (payload, ctx) => {
		const input = payload.value;
		if (!Array.isArray(input)) {
			payload.issues.push({
				expected: "array",
				code: "invalid_type",
				input,
				inst
			});
			return payload;
		}
		payload.value = memo ? memo.alloc(inst, payload, Array(input.length), ctx) : Array(input.length);
		const proms = [];
		const abortEarly = ctx?.abortEarly;
		for (let i = 0; i < input.length; i++) {
			const item = input[i];
			const result = def.element._zod.run({
				value: item,
				issues: []
			}, ctx);
			if (result instanceof Promise) proms.push(result.then((result) => handleArrayResult(result, payload, i)));
			else {
				handleArrayResult(result, payload, i);
				if (abortEarly && result.issues.length !== 0 && aborted(result)) break;
			}
		}
		if (proms.length) return Promise.all(proms).then(() => payload);
		return payload;
	};
	capSize(inst, arraySize);
});
function handlePropertyResult(result, final, key, input, optin, optout) {
	const isPresent = key in input;
	const isOptionalOut = optout === "optional";
	if (!isPresent && isOptionalOut && optin === "optional") return;
	if (result.issues.length) {
		if (optin !== void 0 && isOptionalOut && !isPresent) return;
		final.issues.push(...prefixIssues(key, result.issues));
	}
	if (!isPresent && optin === void 0) {
		if (!result.issues.length) final.issues.push({
			code: "invalid_type",
			expected: "nonoptional",
			input: void 0,
			path: [key]
		});
		return;
	}
	if (result.value === void 0) {
		if (isPresent || optin === "defaulted" && !isOptionalOut) final.value[key] = void 0;
	} else final.value[key] = result.value;
}
const NO_SYMBOL_KEYS = [];
function normalizeDef(def) {
	const keys = Object.keys(def.shape);
	const ownSymbols = Object.getOwnPropertySymbols(def.shape);
	const symbolKeys = ownSymbols.length ? ownSymbols : NO_SYMBOL_KEYS;
	const allKeys = symbolKeys.length ? [...keys, ...symbolKeys] : keys;
	for (const k of allKeys) if (!def.shape?.[k]?._zod?.traits?.has("$ZodType")) throw new Error(`Invalid element at key "${String(k)}": expected a Zod schema`);
	const okeys = optionalKeys(def.shape);
	return {
		...def,
		allKeys,
		symbolKeys,
		keySet: new Set(keys),
		numKeys: keys.length,
		optionalKeys: new Set(okeys)
	};
}
function handleCatchall(proms, input, payload, ctx, def, inst, abortEarly) {
	const unrecognized = [];
	const keySet = def.keySet;
	const _catchall = def.catchall._zod;
	const t = _catchall.def.type;
	const optin = _catchall.optin;
	const optout = _catchall.optout;
	let seen = 0;
	for (const key in input) {
		if (abortEarly && payload.issues.length !== seen) {
			if (aborted(payload, seen)) break;
			seen = payload.issues.length;
		}
		if (keySet.has(key)) continue;
		if (key === "__proto__") {
			if (t === "never") unrecognized.push(key);
			continue;
		}
		if (t === "never") {
			unrecognized.push(key);
			continue;
		}
		const r = _catchall.run({
			value: input[key],
			issues: []
		}, ctx);
		if (r instanceof Promise) proms.push(r.then((r) => handlePropertyResult(r, payload, key, input, optin, optout)));
		else handlePropertyResult(r, payload, key, input, optin, optout);
	}
	if (unrecognized.length) payload.issues.push({
		code: "unrecognized_keys",
		keys: unrecognized,
		input,
		inst,
		continue: true
	});
	if (!proms.length) return payload;
	return Promise.all(proms).then(() => {
		return payload;
	});
}
const $ZodObject = /*@__PURE__*/ $constructor("$ZodObject", (inst, def) => {
	$ZodType.init(inst, def);
	const desc = Object.getOwnPropertyDescriptor(def, "shape");
	const sh = desc?.get ? desc.get.raw : def.shape ?? {};
	if (sh) {
		const get = () => {
			const newSh = { ...sh };
			Object.defineProperty(def, "shape", { value: newSh });
			get.raw = newSh;
			return newSh;
		};
		get.raw = sh;
		Object.defineProperty(def, "shape", { get });
	}
	const _normalized = cached(() => normalizeDef(def));
	defineLazyInternal(inst, "propValues", (zod) => {
		const shape = zod.def.shape;
		const propValues = {};
		for (const key in shape) {
			const field = shape[key]._zod;
			if (field.values) {
				if (!Object.prototype.hasOwnProperty.call(propValues, key)) assignProp(propValues, key, /* @__PURE__ */ new Set());
				for (const v of field.values) propValues[key].add(v);
				if (field.optin !== void 0) propValues[key].add(void 0);
			}
		}
		return propValues;
	});
	const isObject$2 = isObject;
	const catchall = def.catchall;
	let value;
	const memo = globalConfig.memoizer;
	memo?.attach(inst);
	inst._zod.parse = (payload, ctx) => {
		value ?? (value = _normalized.value);
		const input = payload.value;
		if (!isObject$2(input)) {
			payload.issues.push({
				expected: "object",
				code: "invalid_type",
				input,
				inst
			});
			return payload;
		}
		payload.value = memo ? memo.alloc(inst, payload, {}, ctx) : {};
		const proms = [];
		const shape = value.shape;
		const abortEarly = ctx?.abortEarly;
		let seen = payload.issues.length;
		for (const key of value.allKeys) {
			if (abortEarly && payload.issues.length !== seen) {
				if (aborted(payload, seen)) break;
				seen = payload.issues.length;
			}
			if (key === "__proto__") continue;
			const el = shape[key];
			const optin = el._zod.optin;
			const optout = el._zod.optout;
			const r = el._zod.run({
				value: input[key],
				issues: []
			}, ctx);
			if (r instanceof Promise) proms.push(r.then((r) => handlePropertyResult(r, payload, key, input, optin, optout)));
			else handlePropertyResult(r, payload, key, input, optin, optout);
		}
		if (!catchall) return proms.length ? Promise.all(proms).then(() => payload) : payload;
		return handleCatchall(proms, input, payload, ctx, _normalized.value, inst, abortEarly === true);
	};
});
const $ZodObjectJIT = /*@__PURE__*/ $constructor("$ZodObjectJIT", (inst, def) => {
	$ZodObject.init(inst, def);
	const superParse = inst._zod.parse;
	const _normalized = cached(() => normalizeDef(def));
	const memo = globalConfig.memoizer;
	const generateFastpass = (shape) => {
		const normalized = _normalized.value;
		const syms = normalized.symbolKeys;
		const doc = new Doc(["payload", "ctx"], {
			shape,
			inst,
			memo,
			syms
		});
		const parseStr = (k) => `shape[${k}]._zod.run({ value: input[${k}], issues: [] }, ctx)`;
		const prefixStr = (id, k) => `
          let ${id}_ab = false;
          for (let i = 0; i < ${id}.issues.length; i++) {
            const iss = ${id}.issues[i];
            iss.path = iss.path ? [${k}, ...iss.path] : [${k}];
            payload.issues.push(iss);
            if (iss.continue !== true) ${id}_ab = true;
          }
          if (${id}_ab && ctx && ctx.abortEarly) {
            payload.value = newResult;
            return payload;
          }`;
		doc.write(`const input = payload.value;`);
		const ids = Object.create(null);
		let counter = 0;
		for (const key of normalized.allKeys) ids[key] = `key_${counter++}`;
		doc.write(memo ? `const newResult = memo.alloc(inst, payload, {}, ctx);` : `const newResult = {};`);
		for (const key of normalized.allKeys) {
			if (key === "__proto__") continue;
			const id = ids[key];
			const k = typeof key === "symbol" ? `syms[${syms.indexOf(key)}]` : esc(key);
			const isPresent = `${k} in input`;
			const schema = shape[key];
			const optin = schema?._zod?.optin;
			const isOptionalIn = optin !== void 0;
			const isOptionalOut = schema?._zod?.optout === "optional";
			doc.write(`const ${id} = ${parseStr(k)};`);
			if (isOptionalIn && isOptionalOut) {
				const assign = optin === "optional" ? `${id}_present` : `${id}.value !== undefined || ${id}_present`;
				doc.write(`
        const ${id}_present = ${isPresent};
        if (!${id}.issues.length || ${id}_present) {
          if (${id}.issues.length) {${prefixStr(id, k)}
          }

          if (${assign}) {
            newResult[${k}] = ${id}.value;
          }
        }

      `);
			} else if (!isOptionalIn) doc.write(`
        const ${id}_present = ${isPresent};
        if (${id}.issues.length) {${prefixStr(id, k)}
        }
        if (!${id}_present && !${id}.issues.length) {
          payload.issues.push({
            code: "invalid_type",
            expected: "nonoptional",
            input: undefined,
            path: [${k}]
          });
          if (ctx && ctx.abortEarly) {
            payload.value = newResult;
            return payload;
          }
        }

        if (${id}_present) {
          newResult[${k}] = ${id}.value;
        }

      `);
			else {
				doc.write(`
        if (${id}.issues.length) {${prefixStr(id, k)}
        }
      `);
				if (optin === "defaulted") doc.write(`newResult[${k}] = ${id}.value;`);
				else doc.write(`
        if (${id}.value !== undefined || ${isPresent}) {
          newResult[${k}] = ${id}.value;
        }
      `);
			}
		}
		doc.write(`payload.value = newResult;`);
		doc.write(`return payload;`);
		return doc.compile();
	};
	let fastpass;
	const isObject$3 = isObject;
	const jit = !globalConfig.jitless;
	const allowsEval$1 = allowsEval;
	const fastEnabled = jit && allowsEval$1.value;
	const catchall = def.catchall;
	let value;
	inst._zod.parse = (payload, ctx) => {
		value ?? (value = _normalized.value);
		const input = payload.value;
		if (!isObject$3(input)) {
			payload.issues.push({
				expected: "object",
				code: "invalid_type",
				input,
				inst
			});
			return payload;
		}
		if (jit && fastEnabled && ctx?.async === false && ctx.jitless !== true) {
			if (!fastpass) fastpass = generateFastpass(def.shape);
			payload = fastpass(payload, ctx);
			if (!catchall) return payload;
			return handleCatchall([], input, payload, ctx, value, inst, ctx?.abortEarly === true);
		}
		return superParse(payload, ctx);
	};
});
function handleUnionResults(results, final, inst, ctx) {
	for (const result of results) if (result.issues.length === 0) {
		final.value = result.value;
		return final;
	}
	const nonaborted = results.filter((r) => !aborted(r));
	if (nonaborted.length === 1) {
		final.value = nonaborted[0].value;
		return nonaborted[0];
	}
	final.issues.push({
		code: "invalid_union",
		input: final.value,
		inst,
		errors: results.map((result) => result.issues.map((iss) => finalizeIssue(iss, ctx, config())))
	});
	return final;
}
const $ZodUnion = /*@__PURE__*/ $constructor("$ZodUnion", (inst, def) => {
	$ZodType.init(inst, def);
	defineLazyInternal(inst, "optin", (zod) => zod.def.options.some((o) => o._zod.optin === "defaulted") ? "defaulted" : zod.def.options.some((o) => o._zod.optin !== void 0) ? "optional" : void 0);
	defineLazyInternal(inst, "optout", (zod) => zod.def.options.some((o) => o._zod.optout === "optional") ? "optional" : void 0);
	defineLazyInternal(inst, "values", (zod) => {
		if (zod.def.options.every((o) => o._zod.values)) return new Set(zod.def.options.flatMap((option) => Array.from(option._zod.values)));
	});
	defineLazyInternal(inst, "pattern", (zod) => {
		if (zod.def.options.every((o) => o._zod.pattern)) {
			const patterns = zod.def.options.map((o) => o._zod.pattern);
			return new RegExp(`^(${patterns.map((p) => cleanRegex(p.source)).join("|")})$`);
		}
	});
	const first = def.options.length === 1 ? def.options[0]._zod.run : null;
	inst._zod.parse = (payload, ctx) => {
		if (first) return first(payload, ctx);
		let async = false;
		const results = [];
		for (const option of def.options) {
			const result = option._zod.run({
				value: payload.value,
				issues: []
			}, ctx);
			if (result instanceof Promise) {
				results.push(result);
				async = true;
			} else {
				if (result.issues.length === 0) return result;
				results.push(result);
			}
		}
		if (!async) return handleUnionResults(results, payload, inst, ctx);
		return Promise.all(results).then((results) => {
			return handleUnionResults(results, payload, inst, ctx);
		});
	};
});
const $ZodIntersection = /*@__PURE__*/ $constructor("$ZodIntersection", (inst, def) => {
	$ZodType.init(inst, def);
	inst._zod.parse = (payload, ctx) => {
		const input = payload.value;
		const left = def.left._zod.run({
			value: input,
			issues: []
		}, ctx);
		const right = def.right._zod.run({
			value: input,
			issues: []
		}, ctx);
		if (left instanceof Promise || right instanceof Promise) return Promise.all([left, right]).then(([left, right]) => {
			return handleIntersectionResults(payload, left, right);
		});
		return handleIntersectionResults(payload, left, right);
	};
});
function mergeValues(a, b) {
	if (a === b) return {
		valid: true,
		data: a
	};
	if (a instanceof Date && b instanceof Date && +a === +b) return {
		valid: true,
		data: a
	};
	if (isPlainObject(a) && isPlainObject(b)) {
		const bKeys = Object.keys(b);
		const sharedKeys = Object.keys(a).filter((key) => bKeys.indexOf(key) !== -1);
		const newObj = {
			...a,
			...b
		};
		if (Object.prototype.hasOwnProperty.call(newObj, "__proto__")) delete newObj.__proto__;
		for (const key of sharedKeys) {
			if (key === "__proto__") continue;
			const sharedValue = mergeValues(a[key], b[key]);
			if (!sharedValue.valid) return {
				valid: false,
				mergeErrorPath: [key, ...sharedValue.mergeErrorPath]
			};
			newObj[key] = sharedValue.data;
		}
		return {
			valid: true,
			data: newObj
		};
	}
	if (Array.isArray(a) && Array.isArray(b)) {
		if (a.length !== b.length) return {
			valid: false,
			mergeErrorPath: []
		};
		const newArray = [];
		for (let index = 0; index < a.length; index++) {
			const itemA = a[index];
			const itemB = b[index];
			const sharedValue = mergeValues(itemA, itemB);
			if (!sharedValue.valid) return {
				valid: false,
				mergeErrorPath: [index, ...sharedValue.mergeErrorPath]
			};
			newArray.push(sharedValue.data);
		}
		return {
			valid: true,
			data: newArray
		};
	}
	return {
		valid: false,
		mergeErrorPath: []
	};
}
function handleIntersectionResults(result, left, right) {
	const unrecKeys = /* @__PURE__ */ new Map();
	let unrecIssue;
	const keyIssues = /* @__PURE__ */ new Map();
	const collect = (iss, side) => {
		let keys;
		if (iss.code === "unrecognized_keys" && !iss.path?.length) {
			unrecIssue ?? (unrecIssue = iss);
			keys = iss.keys;
		} else if (iss.code === "invalid_key" && iss.origin === "record" && iss.path?.length === 1) {
			const k = String(iss.path[0]);
			if (!keyIssues.has(k)) keyIssues.set(k, iss);
			keys = [k];
		} else return false;
		for (const k of keys) {
			if (!unrecKeys.has(k)) unrecKeys.set(k, {});
			unrecKeys.get(k)[side] = true;
		}
		return true;
	};
	for (const iss of left.issues) if (!collect(iss, "l")) result.issues.push(iss);
	for (const iss of right.issues) if (!collect(iss, "r")) result.issues.push(iss);
	const bothKeys = [...unrecKeys].filter(([, f]) => f.l && f.r).map(([k]) => k);
	if (bothKeys.length) {
		const aggregated = unrecIssue ? bothKeys.filter((k) => unrecIssue.keys.includes(k)) : [];
		if (aggregated.length) result.issues.push({
			...unrecIssue,
			keys: aggregated
		});
		for (const k of bothKeys) if (!aggregated.includes(k) && keyIssues.has(k)) result.issues.push(keyIssues.get(k));
	}
	const merged = mergeValues(left.value, right.value);
	if (!merged.valid) {
		if (aborted(result)) return result;
		throw new Error(`Unmergable intersection. Error path: ${JSON.stringify(merged.mergeErrorPath)}`);
	}
	result.value = merged.data;
	return result;
}
const $ZodEnum = /*@__PURE__*/ $constructor("$ZodEnum", (inst, def) => {
	$ZodType.init(inst, def);
	const values = getEnumValues(def.entries);
	const valuesSet = new Set(values);
	inst._zod.values = valuesSet;
	defineLazyInternal(inst, "pattern", (zod) => {
		const patternValues = getEnumValues(zod.def.entries).filter((k) => propertyKeyTypes.has(typeof k));
		return new RegExp(patternValues.length ? `^(${patternValues.map((o) => escapeRegex(o.toString())).join("|")})$` : "^[^\\s\\S]$");
	});
	inst._zod.parse = (payload, _ctx) => {
		const input = payload.value;
		if (valuesSet.has(input)) return payload;
		payload.issues.push({
			code: "invalid_value",
			values,
			input,
			inst
		});
		return payload;
	};
});
const $ZodLiteral = /*@__PURE__*/ $constructor("$ZodLiteral", (inst, def) => {
	$ZodType.init(inst, def);
	const values = new Set(def.values);
	inst._zod.values = values;
	defineLazyInternal(inst, "pattern", (zod) => {
		const vals = zod.def.values;
		return new RegExp(vals.length ? `^(${vals.map((o) => typeof o === "string" ? escapeRegex(o) : o ? escapeRegex(o.toString()) : String(o)).join("|")})$` : "^[^\\s\\S]$");
	});
	inst._zod.parse = (payload, _ctx) => {
		const input = payload.value;
		if (values.has(input)) return payload;
		payload.issues.push({
			code: "invalid_value",
			values: def.values,
			input,
			inst
		});
		return payload;
	};
});
const $ZodTransform = /*@__PURE__*/ $constructor("$ZodTransform", (inst, def) => {
	$ZodType.init(inst, def);
	inst._zod.optin = "optional";
	globalConfig.memoizer?.guard(inst);
	inst._zod.parse = (payload, ctx) => {
		if (ctx.direction === "backward") throw new $ZodEncodeError(inst.constructor.name);
		const _out = def.transform(payload.value, payload);
		if (ctx.async) return (_out instanceof Promise ? _out : Promise.resolve(_out)).then((output) => {
			payload.value = output;
			return payload;
		});
		if (_out instanceof Promise) throw new $ZodAsyncError();
		payload.value = _out;
		return payload;
	};
});
function handleOptionalResult(payload, result) {
	payload.value = result.issues.length ? void 0 : result.value;
	return payload;
}
const $ZodOptional = /*@__PURE__*/ $constructor("$ZodOptional", (inst, def) => {
	$ZodType.init(inst, def);
	defineLazyInternal(inst, "optin", (zod) => zod.def.innerType._zod.optin === "defaulted" ? "defaulted" : "optional");
	inst._zod.optout = "optional";
	defineLazyInternal(inst, "values", (zod) => {
		const values = zod.def.innerType._zod.values;
		return values ? /* @__PURE__ */ new Set([...values, void 0]) : void 0;
	});
	defineLazyInternal(inst, "pattern", (zod) => {
		const pattern = zod.def.innerType._zod.pattern;
		return pattern ? new RegExp(`^(${cleanRegex(pattern.source)})?$`) : void 0;
	});
	inst._zod.parse = (payload, ctx) => {
		if (payload.value === void 0) {
			if (def.innerType._zod.optin !== "defaulted") return payload;
			const result = def.innerType._zod.run({
				value: payload.value,
				issues: []
			}, ctx);
			if (result instanceof Promise) return result.then((result) => handleOptionalResult(payload, result));
			return handleOptionalResult(payload, result);
		}
		return def.innerType._zod.run(payload, ctx);
	};
});
const $ZodExactOptional = /*@__PURE__*/ $constructor("$ZodExactOptional", (inst, def) => {
	$ZodOptional.init(inst, def);
	defineLazyInternal(inst, "values", (zod) => zod.def.innerType._zod.values);
	defineLazyInternal(inst, "pattern", (zod) => zod.def.innerType._zod.pattern);
	inst._zod.parse = (payload, ctx) => {
		return def.innerType._zod.run(payload, ctx);
	};
});
const $ZodNullable = /*@__PURE__*/ $constructor("$ZodNullable", (inst, def) => {
	$ZodType.init(inst, def);
	defineLazyInternal(inst, "optin", (zod) => zod.def.innerType._zod.optin);
	defineLazyInternal(inst, "optout", (zod) => zod.def.innerType._zod.optout);
	defineLazyInternal(inst, "pattern", (zod) => {
		const pattern = zod.def.innerType._zod.pattern;
		return pattern ? new RegExp(`^(${cleanRegex(pattern.source)}|null)$`) : void 0;
	});
	defineLazyInternal(inst, "values", (zod) => {
		return zod.def.innerType._zod.values ? /* @__PURE__ */ new Set([...zod.def.innerType._zod.values, null]) : void 0;
	});
	inst._zod.parse = (payload, ctx) => {
		if (payload.value === null) return payload;
		return def.innerType._zod.run(payload, ctx);
	};
});
const $ZodDefault = /*@__PURE__*/ $constructor("$ZodDefault", (inst, def) => {
	$ZodType.init(inst, def);
	inst._zod.optin = "defaulted";
	defineLazyInternal(inst, "values", (zod) => zod.def.innerType._zod.values);
	inst._zod.parse = (payload, ctx) => {
		if (ctx.direction === "backward") return def.innerType._zod.run(payload, ctx);
		if (payload.value === void 0) {
			payload.value = def.defaultValue;
			/**
			* $ZodDefault returns the default value immediately in forward direction.
			* It doesn't pass the default value into the validator ("prefault"). There's no reason to pass the default value through validation. The validity of the default is enforced by TypeScript statically. Otherwise, it's the responsibility of the user to ensure the default is valid. In the case of pipes with divergent in/out types, you can specify the default on the `in` schema of your ZodPipe to set a "prefault" for the pipe.   */
			return payload;
		}
		const result = def.innerType._zod.run(payload, ctx);
		if (result instanceof Promise) return result.then((result) => handleDefaultResult(result, def));
		return handleDefaultResult(result, def);
	};
});
function handleDefaultResult(payload, def) {
	if (payload.value === void 0) payload.value = def.defaultValue;
	return payload;
}
const $ZodPrefault = /*@__PURE__*/ $constructor("$ZodPrefault", (inst, def) => {
	$ZodType.init(inst, def);
	inst._zod.optin = "defaulted";
	defineLazyInternal(inst, "values", (zod) => zod.def.innerType._zod.values);
	inst._zod.parse = (payload, ctx) => {
		if (ctx.direction === "backward") return def.innerType._zod.run(payload, ctx);
		if (payload.value === void 0) payload.value = def.defaultValue;
		return def.innerType._zod.run(payload, ctx);
	};
});
const $ZodNonOptional = /*@__PURE__*/ $constructor("$ZodNonOptional", (inst, def) => {
	$ZodType.init(inst, def);
	defineLazyInternal(inst, "values", (zod) => {
		const v = zod.def.innerType._zod.values;
		return v ? new Set([...v].filter((x) => x !== void 0)) : void 0;
	});
	inst._zod.parse = (payload, ctx) => {
		const result = def.innerType._zod.run(payload, ctx);
		if (result instanceof Promise) return result.then((result) => handleNonOptionalResult(result, inst));
		return handleNonOptionalResult(result, inst);
	};
});
function handleNonOptionalResult(payload, inst) {
	if (!payload.issues.length && payload.value === void 0) payload.issues.push({
		code: "invalid_type",
		expected: "nonoptional",
		input: payload.value,
		inst
	});
	return payload;
}
function handleCatchResult(payload, result, def, ctx) {
	if (!result.issues.length) {
		payload.value = result.value;
		if (result.memo) payload.memo = true;
		return payload;
	}
	payload.value = def.catchValue({
		...result,
		value: payload.value,
		error: { issues: result.issues.map((iss) => finalizeIssue(iss, ctx, config())) },
		input: payload.value
	});
	return payload;
}
const $ZodCatch = /*@__PURE__*/ $constructor("$ZodCatch", (inst, def) => {
	$ZodType.init(inst, def);
	defineLazyInternal(inst, "optin", (zod) => zod.def.innerType._zod.optin === "defaulted" ? "defaulted" : "optional");
	defineLazyInternal(inst, "optout", (zod) => zod.def.innerType._zod.optout);
	defineLazyInternal(inst, "values", (zod) => zod.def.innerType._zod.values);
	inst._zod.parse = (payload, ctx) => {
		if (ctx.direction === "backward") return def.innerType._zod.run(payload, ctx);
		const result = def.innerType._zod.run({
			value: payload.value,
			issues: []
		}, ctx);
		if (result instanceof Promise) return result.then((result) => handleCatchResult(payload, result, def, ctx));
		return handleCatchResult(payload, result, def, ctx);
	};
});
const $ZodPipe = /*@__PURE__*/ $constructor("$ZodPipe", (inst, def) => {
	$ZodType.init(inst, def);
	defineLazyInternal(inst, "values", (zod) => zod.def.in._zod.values);
	defineLazyInternal(inst, "optin", (zod) => zod.def.in._zod.optin);
	defineLazyInternal(inst, "optout", (zod) => zod.def.out._zod.optout);
	defineLazyInternal(inst, "propValues", (zod) => zod.def.in._zod.propValues);
	inst._zod.parse = (payload, ctx) => {
		if (ctx.direction === "backward") {
			const right = def.out._zod.run(payload, ctx);
			if (right instanceof Promise) return right.then((right) => handlePipeResult(right, def.in, ctx));
			return handlePipeResult(right, def.in, ctx);
		}
		const left = def.in._zod.run(payload, ctx);
		if (left instanceof Promise) return left.then((left) => handlePipeResult(left, def.out, ctx));
		return handlePipeResult(left, def.out, ctx);
	};
});
function handlePipeResult(left, next, ctx) {
	if (left.issues.some((iss) => iss.code !== "unrecognized_keys")) {
		left.aborted = true;
		return left;
	}
	return next._zod.run({
		value: left.value,
		issues: left.issues
	}, ctx);
}
const $ZodReadonly = /*@__PURE__*/ $constructor("$ZodReadonly", (inst, def) => {
	$ZodType.init(inst, def);
	defineLazyInternal(inst, "propValues", (zod) => zod.def.innerType._zod.propValues);
	defineLazyInternal(inst, "values", (zod) => zod.def.innerType._zod.values);
	defineLazyInternal(inst, "optin", (zod) => zod.def.innerType?._zod?.optin);
	defineLazyInternal(inst, "optout", (zod) => zod.def.innerType?._zod?.optout);
	inst._zod.parse = (payload, ctx) => {
		if (ctx.direction === "backward") return def.innerType._zod.run(payload, ctx);
		const result = def.innerType._zod.run(payload, ctx);
		if (result instanceof Promise) return result.then(handleReadonlyResult);
		return handleReadonlyResult(result);
	};
});
function handleReadonlyResult(payload) {
	if (!payload.memo) payload.value = Object.freeze(payload.value);
	return payload;
}
const $ZodCustom = /*@__PURE__*/ $constructor("$ZodCustom", (inst, def) => {
	$ZodCheck.init(inst, def);
	$ZodType.init(inst, def);
	inst._zod.parse = (payload, _) => {
		return payload;
	};
	inst._zod.check = (payload) => {
		const input = payload.value;
		const r = def.fn(input);
		if (r instanceof Promise) return r.then((r) => handleRefineResult(r, payload, input, inst));
		handleRefineResult(r, payload, input, inst);
	};
});
function handleRefineResult(result, payload, input, inst) {
	if (!result) {
		const _iss = {
			code: "custom",
			input,
			inst,
			path: [...inst._zod.def.path ?? []],
			continue: !inst._zod.def.abort
		};
		if (inst._zod.def.params) _iss.params = inst._zod.def.params;
		payload.issues.push(issue(_iss));
	}
}

// node_modules/zod/v4/core/memoizer.js
var $ZodCyclicError = class extends Error {
	constructor() {
		super(`Cannot parse a reference cycle that closes through a transform`);
		this.name = "ZodCyclicError";
	}
};
/** Keyed off the context object every schema in one parse call already shares. */
const STATE = "~memo";
const NO_ISSUES = [];
function isRef(value) {
	return value !== null && typeof value === "object";
}
function cloneIssues(issues) {
	return issues.map((iss) => iss.path ? {
		...iss,
		path: iss.path.slice()
	} : { ...iss });
}
const recursive = /*@__PURE__*/ new WeakMap();
/** What the walk established, in order of certainty: ordered so the strongest answer among children wins. */
const NONE = 0;
const ASSUMED = 1;
const PROVEN = 2;
/** Whether this schema's subtree contains a cycle, so one parse can re-enter it. */
function isRecursive(inst, stack, resolve) {
	const cached = recursive.get(inst);
	if (cached !== void 0) return cached ? PROVEN : NONE;
	if (stack.has(inst)) return PROVEN;
	stack.add(inst);
	let result = NONE;
	const check = (child) => {
		if (result !== PROVEN && child?._zod) {
			const answer = isRecursive(child, stack, resolve);
			if (answer > result) result = answer;
		}
	};
	const shape = (sh, spread) => {
		let answer = NONE;
		for (const key of Reflect.ownKeys(sh)) {
			const desc = Object.getOwnPropertyDescriptor(sh, key);
			if (spread && !desc.enumerable) continue;
			const child = desc.get ? ASSUMED : desc.value?._zod ? isRecursive(desc.value, stack, resolve) : NONE;
			if (child > answer) answer = child;
		}
		return answer;
	};
	const merge = (answer) => {
		if (answer > result) result = answer;
	};
	const def = inst._zod.def;
	switch (def.type) {
		case "object": {
			const raw = rawShape(def);
			merge(raw ? shape(raw, true) : ASSUMED);
			check(def.catchall);
			break;
		}
		case "array":
			check(def.element);
			break;
		case "tuple":
			for (const el of def.items) check(el);
			check(def.rest);
			break;
		case "record":
		case "map":
			check(def.keyType);
			check(def.valueType);
			break;
		case "set":
			check(def.valueType);
			break;
		case "union":
			for (const el of def.options) check(el);
			break;
		case "intersection":
			check(def.left);
			check(def.right);
			break;
		case "optional":
		case "nullable":
		case "default":
		case "prefault":
		case "catch":
		case "readonly":
		case "nonoptional":
		case "promise":
		case "success":
			check(def.innerType);
			break;
		case "pipe":
			check(def.in);
			check(def.out);
			break;
		case "function":
			check(def.input);
			check(def.output);
			break;
		case "lazy": {
			const inner = def._cachedInner ?? (resolve ? inst._zod.innerType : void 0);
			merge(inner ? isRecursive(inner, stack, false) : ASSUMED);
			break;
		}
		case "template_literal":
		case "string":
		case "number":
		case "int":
		case "boolean":
		case "bigint":
		case "symbol":
		case "undefined":
		case "null":
		case "void":
		case "never":
		case "any":
		case "unknown":
		case "date":
		case "nan":
		case "enum":
		case "literal":
		case "file":
		case "transform":
		case "custom": break;
		default: for (const key in def) {
			const desc = Object.getOwnPropertyDescriptor(def, key);
			if (!desc || desc.get) continue;
			const value = desc.value;
			if (!value || typeof value !== "object") continue;
			if (value._zod) check(value);
			else if (Array.isArray(value)) for (const el of value) check(el);
		}
	}
	stack.delete(inst);
	return settle(inst, result);
}
/** An assumed answer must not outlive the resolution that settles it, so only a certain one is cached. */
function settle(inst, answer) {
	if (answer !== ASSUMED) recursive.set(inst, answer === PROVEN);
	return answer;
}
function bucketFor(state, inst) {
	let bucket = state.buckets.get(inst);
	if (!bucket) {
		bucket = /* @__PURE__ */ new WeakMap();
		state.buckets.set(inst, bucket);
	}
	return bucket;
}
let handoff;
const open$1 = [];
const memo = {
	alloc(_inst, payload, empty) {
		const bucket = handoff;
		if (!bucket) return empty;
		handoff = void 0;
		const entry = {
			value: empty,
			issues: null
		};
		bucket.set(payload.value, entry);
		open$1.push(entry);
		return empty;
	},
	guard(inst) {
		var _a;
		(_a = inst._zod).deferred ?? (_a.deferred = []);
		inst._zod.deferred.push(() => {
			const base = inst._zod.parse;
			const wrapped = (payload, ctx) => {
				if (ctx.direction !== "backward" && isBackEdge(ctx, payload.value)) throw new $ZodCyclicError();
				return base(payload, ctx);
			};
			inst._zod.parse = wrapped;
			if (inst._zod.run === base) inst._zod.run = wrapped;
		});
	},
	attach(inst) {
		var _a;
		let isRecursiveInst;
		let rechecked = false;
		let lastCtx;
		let lastBucket;
		(_a = inst._zod).deferred ?? (_a.deferred = []);
		inst._zod.deferred.push(() => {
			const base = inst._zod.parse;
			const wrapped = (payload, ctx) => {
				if (isRecursiveInst === void 0) {
					const walked = isRecursive(inst, /* @__PURE__ */ new Set(), false);
					if (walked === NONE) {
						inst._zod.parse = base;
						if (inst._zod.run === wrapped) inst._zod.run = base;
						return base(payload, ctx);
					}
					if (walked === PROVEN || rechecked) isRecursiveInst = true;
					else rechecked = true;
				}
				const input = payload.value;
				if (!isRef(input)) return base(payload, ctx);
				let state = ctx[STATE];
				if (!state) {
					state = {
						buckets: /* @__PURE__ */ new WeakMap(),
						backEdges: void 0
					};
					ctx[STATE] = state;
				}
				let bucket;
				if (lastCtx === ctx) bucket = lastBucket;
				else {
					bucket = bucketFor(state, inst);
					lastCtx = ctx;
					lastBucket = bucket;
				}
				const hit = bucket.get(input);
				if (hit) {
					payload.value = hit.value;
					if (hit.issues) {
						if (hit.issues.length) payload.issues.push(...cloneIssues(hit.issues));
					} else {
						payload.memo = true;
						state.backEdges ?? (state.backEdges = /* @__PURE__ */ new WeakSet());
						state.backEdges.add(hit.value);
					}
					return payload;
				}
				handoff = bucket;
				const depth = open$1.length;
				const result = base(payload, ctx);
				handoff = void 0;
				const entry = open$1.length > depth ? open$1.pop() : void 0;
				if (result instanceof Promise) return result.then((r) => {
					if (entry) entry.issues = r.issues.length ? cloneIssues(r.issues) : NO_ISSUES;
					return r;
				});
				if (entry) entry.issues = result.issues.length ? cloneIssues(result.issues) : NO_ISSUES;
				return result;
			};
			inst._zod.parse = wrapped;
			if (inst._zod.run === base) inst._zod.run = wrapped;
		});
	}
};
/** The memoizer that gives containers cycle support. `zod` installs it by default; `zod/mini` opts in with `config({ memoizer: memoizer() })`. */
function memoizer() {
	return memo;
}
/** Whether this value is a node a back-edge resolved to before it finished. */
function isBackEdge(ctx, value) {
	const backEdges = ctx[STATE]?.backEdges;
	return backEdges !== void 0 && isRef(value) && backEdges.has(value);
}

// node_modules/zod/v4/locales/en.js
const error = () => {
	const Sizable = {
		string: {
			unit: "characters",
			verb: "to have"
		},
		file: {
			unit: "bytes",
			verb: "to have"
		},
		array: {
			unit: "items",
			verb: "to have"
		},
		set: {
			unit: "items",
			verb: "to have"
		},
		map: {
			unit: "entries",
			verb: "to have"
		}
	};
	function getSizing(origin) {
		return Sizable[origin] ?? null;
	}
	const FormatDictionary = {
		regex: "input",
		email: "email address",
		url: "URL",
		emoji: "emoji",
		uuid: "UUID",
		uuidv4: "UUIDv4",
		uuidv6: "UUIDv6",
		nanoid: "nanoid",
		guid: "GUID",
		cuid: "cuid",
		cuid2: "cuid2",
		ulid: "ULID",
		xid: "XID",
		ksuid: "KSUID",
		datetime: "ISO datetime",
		date: "ISO date",
		time: "ISO time",
		duration: "ISO duration",
		ipv4: "IPv4 address",
		ipv6: "IPv6 address",
		mac: "MAC address",
		cidrv4: "IPv4 range",
		cidrv6: "IPv6 range",
		base64: "base64-encoded string",
		base64url: "base64url-encoded string",
		json_string: "JSON string",
		e164: "E.164 number",
		currency_code: "currency code",
		credit_card: "credit card number",
		iban: "IBAN",
		jwt: "JWT",
		template_literal: "input"
	};
	const TypeDictionary = { nan: "NaN" };
	function getTypeName(type, input) {
		if (type === "number" && typeof input === "number" && !Number.isFinite(input)) return String(input);
		return TypeDictionary[type] ?? type;
	}
	return (issue) => {
		switch (issue.code) {
			case "invalid_type": return `Invalid input: expected ${getTypeName(issue.expected)}, received ${getTypeName(parsedType(issue.input), issue.input)}`;
			case "invalid_value":
				if (issue.values.length === 1) return `Invalid input: expected ${stringifyPrimitive(issue.values[0])}`;
				return `Invalid option: expected one of ${joinValues(issue.values, "|")}`;
			case "too_big": {
				const adj = issue.exact ? "exactly " : issue.inclusive ? "<=" : "<";
				const sizing = getSizing(issue.origin);
				if (sizing) return `Too big: expected ${issue.origin ?? "value"} to have ${adj}${issue.maximum.toString()} ${sizing.unit ?? "elements"}`;
				return `Too big: expected ${issue.origin ?? "value"} to be ${adj}${issue.maximum.toString()}`;
			}
			case "too_small": {
				const adj = issue.exact ? "exactly " : issue.inclusive ? ">=" : ">";
				const sizing = getSizing(issue.origin);
				if (sizing) return `Too small: expected ${issue.origin} to have ${adj}${issue.minimum.toString()} ${sizing.unit}`;
				return `Too small: expected ${issue.origin} to be ${adj}${issue.minimum.toString()}`;
			}
			case "invalid_format": {
				const _issue = issue;
				if (_issue.format === "starts_with") return `Invalid string: must start with "${_issue.prefix}"`;
				if (_issue.format === "ends_with") return `Invalid string: must end with "${_issue.suffix}"`;
				if (_issue.format === "includes") return `Invalid string: must include "${_issue.includes}"`;
				if (_issue.format === "regex") return `Invalid string: must match pattern ${_issue.pattern}`;
				return `Invalid ${FormatDictionary[_issue.format] ?? issue.format}`;
			}
			case "not_multiple_of": return `Invalid number: must be a multiple of ${issue.divisor}`;
			case "unrecognized_keys": return `Unrecognized key${issue.keys.length > 1 ? "s" : ""}: ${joinValues(issue.keys, ", ")}`;
			case "invalid_key": return `Invalid key in ${issue.origin}`;
			case "invalid_union":
				if (issue.options && Array.isArray(issue.options) && issue.options.length > 0) return `Invalid discriminator value. Expected ${issue.options.map((o) => `'${o}'`).join(" | ")}`;
				if (issue.inclusive === false) return "Invalid input: more than one option matched";
				return "Invalid input";
			case "invalid_element": return `Invalid value in ${issue.origin}`;
			default: return `Invalid input`;
		}
	};
};
function en_default() {
	return { localeError: error() };
}

// node_modules/zod/v4/core/registries.js
var _a;
var $ZodRegistry = class {
	constructor() {
		this._map = /* @__PURE__ */ new WeakMap();
		this._idmap = /* @__PURE__ */ new Map();
	}
	add(schema, ..._meta) {
		const meta = _meta[0];
		this._map.set(schema, meta);
		if (meta && typeof meta === "object" && "id" in meta) this._idmap.set(meta.id, schema);
		return this;
	}
	clear() {
		this._map = /* @__PURE__ */ new WeakMap();
		this._idmap = /* @__PURE__ */ new Map();
		return this;
	}
	remove(schema) {
		const meta = this._map.get(schema);
		if (meta && typeof meta === "object" && "id" in meta) this._idmap.delete(meta.id);
		this._map.delete(schema);
		return this;
	}
	get(schema) {
		const p = schema._zod.parent;
		if (p) {
			const pm = { ...this.get(p) ?? {} };
			delete pm.id;
			const f = {
				...pm,
				...this._map.get(schema)
			};
			return Object.keys(f).length ? f : void 0;
		}
		return this._map.get(schema);
	}
	has(schema) {
		return this._map.has(schema);
	}
};
function registry() {
	return new $ZodRegistry();
}
(_a = globalThis).__zod_globalRegistry ?? (_a.__zod_globalRegistry = registry());
const globalRegistry = globalThis.__zod_globalRegistry;

// node_modules/zod/v4/core/api.js
function snapshotChecks(def) {
	if (def.checks) def.checks = [...def.checks];
	return def;
}
// @__NO_SIDE_EFFECTS__
function _string(Class, params) {
	return new Class(snapshotChecks({
		type: "string",
		...normalizeParams(params)
	}));
}
// @__NO_SIDE_EFFECTS__
function _email(Class, params) {
	return new Class({
		type: "string",
		format: "email",
		check: "string_format",
		abort: false,
		...normalizeParams(params)
	});
}
// @__NO_SIDE_EFFECTS__
function _guid(Class, params) {
	return new Class({
		type: "string",
		format: "guid",
		check: "string_format",
		abort: false,
		...normalizeParams(params)
	});
}
// @__NO_SIDE_EFFECTS__
function _uuid(Class, params) {
	return new Class({
		type: "string",
		format: "uuid",
		check: "string_format",
		abort: false,
		...normalizeParams(params)
	});
}
// @__NO_SIDE_EFFECTS__
function _uuidv4(Class, params) {
	return new Class({
		type: "string",
		format: "uuid",
		check: "string_format",
		abort: false,
		version: "v4",
		...normalizeParams(params)
	});
}
// @__NO_SIDE_EFFECTS__
function _uuidv6(Class, params) {
	return new Class({
		type: "string",
		format: "uuid",
		check: "string_format",
		abort: false,
		version: "v6",
		...normalizeParams(params)
	});
}
// @__NO_SIDE_EFFECTS__
function _uuidv7(Class, params) {
	return new Class({
		type: "string",
		format: "uuid",
		check: "string_format",
		abort: false,
		version: "v7",
		...normalizeParams(params)
	});
}
// @__NO_SIDE_EFFECTS__
function _url(Class, params) {
	return new Class({
		type: "string",
		format: "url",
		check: "string_format",
		abort: false,
		...normalizeParams(params)
	});
}
// @__NO_SIDE_EFFECTS__
function _emoji(Class, params) {
	return new Class({
		type: "string",
		format: "emoji",
		check: "string_format",
		abort: false,
		...normalizeParams(params)
	});
}
// @__NO_SIDE_EFFECTS__
function _nanoid(Class, params) {
	return new Class({
		type: "string",
		format: "nanoid",
		check: "string_format",
		abort: false,
		...normalizeParams(params)
	});
}
/**
* @deprecated CUID v1 is deprecated by its authors due to information leakage
* (timestamps embedded in the id). Use {@link _cuid2} instead.
* See https://github.com/paralleldrive/cuid.
*/
// @__NO_SIDE_EFFECTS__
function _cuid(Class, params) {
	return new Class({
		type: "string",
		format: "cuid",
		check: "string_format",
		abort: false,
		...normalizeParams(params)
	});
}
// @__NO_SIDE_EFFECTS__
function _cuid2(Class, params) {
	return new Class({
		type: "string",
		format: "cuid2",
		check: "string_format",
		abort: false,
		...normalizeParams(params)
	});
}
// @__NO_SIDE_EFFECTS__
function _ulid(Class, params) {
	return new Class({
		type: "string",
		format: "ulid",
		check: "string_format",
		abort: false,
		...normalizeParams(params)
	});
}
// @__NO_SIDE_EFFECTS__
function _xid(Class, params) {
	return new Class({
		type: "string",
		format: "xid",
		check: "string_format",
		abort: false,
		...normalizeParams(params)
	});
}
// @__NO_SIDE_EFFECTS__
function _ksuid(Class, params) {
	return new Class({
		type: "string",
		format: "ksuid",
		check: "string_format",
		abort: false,
		...normalizeParams(params)
	});
}
// @__NO_SIDE_EFFECTS__
function _ipv4(Class, params) {
	return new Class({
		type: "string",
		format: "ipv4",
		check: "string_format",
		abort: false,
		...normalizeParams(params)
	});
}
// @__NO_SIDE_EFFECTS__
function _ipv6(Class, params) {
	return new Class({
		type: "string",
		format: "ipv6",
		check: "string_format",
		abort: false,
		...normalizeParams(params)
	});
}
// @__NO_SIDE_EFFECTS__
function _cidrv4(Class, params) {
	return new Class({
		type: "string",
		format: "cidrv4",
		check: "string_format",
		abort: false,
		...normalizeParams(params)
	});
}
// @__NO_SIDE_EFFECTS__
function _cidrv6(Class, params) {
	return new Class({
		type: "string",
		format: "cidrv6",
		check: "string_format",
		abort: false,
		...normalizeParams(params)
	});
}
// @__NO_SIDE_EFFECTS__
function _base64(Class, params) {
	return new Class({
		type: "string",
		format: "base64",
		check: "string_format",
		abort: false,
		...normalizeParams(params)
	});
}
// @__NO_SIDE_EFFECTS__
function _base64url(Class, params) {
	return new Class({
		type: "string",
		format: "base64url",
		check: "string_format",
		abort: false,
		...normalizeParams(params)
	});
}
// @__NO_SIDE_EFFECTS__
function _e164(Class, params) {
	return new Class({
		type: "string",
		format: "e164",
		check: "string_format",
		abort: false,
		...normalizeParams(params)
	});
}
// @__NO_SIDE_EFFECTS__
function _jwt(Class, params) {
	return new Class({
		type: "string",
		format: "jwt",
		check: "string_format",
		abort: false,
		...normalizeParams(params)
	});
}
// @__NO_SIDE_EFFECTS__
function _isoDateTime(Class, params) {
	return new Class({
		type: "string",
		format: "datetime",
		check: "string_format",
		offset: false,
		local: false,
		precision: null,
		...normalizeParams(params)
	});
}
// @__NO_SIDE_EFFECTS__
function _isoDate(Class, params) {
	return new Class({
		type: "string",
		format: "date",
		check: "string_format",
		...normalizeParams(params)
	});
}
// @__NO_SIDE_EFFECTS__
function _isoTime(Class, params) {
	return new Class({
		type: "string",
		format: "time",
		check: "string_format",
		precision: null,
		...normalizeParams(params)
	});
}
// @__NO_SIDE_EFFECTS__
function _isoDuration(Class, params) {
	return new Class({
		type: "string",
		format: "duration",
		check: "string_format",
		...normalizeParams(params)
	});
}
// @__NO_SIDE_EFFECTS__
function _int(Class, params) {
	return new Class({
		type: "number",
		check: "number_format",
		abort: false,
		format: "safeint",
		...normalizeParams(params)
	});
}
// @__NO_SIDE_EFFECTS__
function _boolean(Class, params) {
	return new Class({
		type: "boolean",
		...normalizeParams(params)
	});
}
// @__NO_SIDE_EFFECTS__
function _unknown(Class) {
	return new Class({ type: "unknown" });
}
// @__NO_SIDE_EFFECTS__
function _never(Class, params) {
	return new Class({
		type: "never",
		...normalizeParams(params)
	});
}
// @__NO_SIDE_EFFECTS__
function _lt(value, params) {
	return new $ZodCheckLessThan({
		check: "less_than",
		...normalizeParams(params),
		value,
		inclusive: false
	});
}
// @__NO_SIDE_EFFECTS__
function _lte(value, params) {
	return new $ZodCheckLessThan({
		check: "less_than",
		...normalizeParams(params),
		value,
		inclusive: true
	});
}
// @__NO_SIDE_EFFECTS__
function _gt(value, params) {
	return new $ZodCheckGreaterThan({
		check: "greater_than",
		...normalizeParams(params),
		value,
		inclusive: false
	});
}
// @__NO_SIDE_EFFECTS__
function _gte(value, params) {
	return new $ZodCheckGreaterThan({
		check: "greater_than",
		...normalizeParams(params),
		value,
		inclusive: true
	});
}
// @__NO_SIDE_EFFECTS__
function _multipleOf(value, params) {
	return new $ZodCheckMultipleOf({
		check: "multiple_of",
		...normalizeParams(params),
		value
	});
}
// @__NO_SIDE_EFFECTS__
function _maxLength(maximum, params) {
	return new $ZodCheckMaxLength({
		check: "max_length",
		...normalizeParams(params),
		maximum
	});
}
// @__NO_SIDE_EFFECTS__
function _minLength(minimum, params) {
	return new $ZodCheckMinLength({
		check: "min_length",
		...normalizeParams(params),
		minimum
	});
}
// @__NO_SIDE_EFFECTS__
function _length(length, params) {
	return new $ZodCheckLengthEquals({
		check: "length_equals",
		...normalizeParams(params),
		length
	});
}
// @__NO_SIDE_EFFECTS__
function _regex(pattern, params) {
	return new $ZodCheckRegex({
		check: "string_format",
		format: "regex",
		...normalizeParams(params),
		pattern
	});
}
// @__NO_SIDE_EFFECTS__
function _lowercase(params) {
	return new $ZodCheckLowerCase({
		check: "string_format",
		format: "lowercase",
		...normalizeParams(params)
	});
}
// @__NO_SIDE_EFFECTS__
function _uppercase(params) {
	return new $ZodCheckUpperCase({
		check: "string_format",
		format: "uppercase",
		...normalizeParams(params)
	});
}
// @__NO_SIDE_EFFECTS__
function _includes(includes, params) {
	return new $ZodCheckIncludes({
		check: "string_format",
		format: "includes",
		...normalizeParams(params),
		includes
	});
}
// @__NO_SIDE_EFFECTS__
function _startsWith(prefix, params) {
	return new $ZodCheckStartsWith({
		check: "string_format",
		format: "starts_with",
		...normalizeParams(params),
		prefix
	});
}
// @__NO_SIDE_EFFECTS__
function _endsWith(suffix, params) {
	return new $ZodCheckEndsWith({
		check: "string_format",
		format: "ends_with",
		...normalizeParams(params),
		suffix
	});
}
// @__NO_SIDE_EFFECTS__
function _overwrite(tx) {
	return new $ZodCheckOverwrite({
		check: "overwrite",
		tx
	});
}
// @__NO_SIDE_EFFECTS__
function _normalize(form) {
	return /* @__PURE__ */ _overwrite((input) => input.normalize(form));
}
// @__NO_SIDE_EFFECTS__
function _trim() {
	return /* @__PURE__ */ _overwrite((input) => input.trim());
}
// @__NO_SIDE_EFFECTS__
function _toLowerCase() {
	return /* @__PURE__ */ _overwrite((input) => input.toLowerCase());
}
// @__NO_SIDE_EFFECTS__
function _toUpperCase() {
	return /* @__PURE__ */ _overwrite((input) => input.toUpperCase());
}
// @__NO_SIDE_EFFECTS__
function _slugify() {
	return /* @__PURE__ */ _overwrite((input) => slugify(input));
}
// @__NO_SIDE_EFFECTS__
function _array(Class, element, params) {
	return new Class({
		type: "array",
		element,
		...normalizeParams(params)
	});
}
// @__NO_SIDE_EFFECTS__
function _refine(Class, fn, _params) {
	return new Class({
		type: "custom",
		check: "custom",
		fn,
		...normalizeParams(_params)
	});
}
// @__NO_SIDE_EFFECTS__
function _superRefine(fn, params) {
	const ch = /* @__PURE__ */ _check((payload) => {
		payload.addIssue = (issue$2) => {
			if (typeof issue$2 === "string") payload.issues.push(issue(issue$2, payload.value, ch._zod.def));
			else {
				const _issue = issue$2;
				if (_issue.fatal) _issue.continue = false;
				_issue.code ?? (_issue.code = "custom");
				if (!("input" in _issue)) _issue.input = payload.value;
				_issue.inst ?? (_issue.inst = ch);
				_issue.continue ?? (_issue.continue = !ch._zod.def.abort);
				payload.issues.push(issue(_issue));
			}
		};
		return fn(payload.value, payload);
	}, params);
	return ch;
}
// @__NO_SIDE_EFFECTS__
function _check(fn, params) {
	const ch = new $ZodCheck({
		check: "custom",
		...normalizeParams(params)
	});
	ch._zod.check = fn;
	return ch;
}

// node_modules/zod/v4/core/to-json-schema.js
function assignProps(target, ...sources) {
	for (const source of sources) for (const key of Reflect.ownKeys(source)) if (Object.prototype.propertyIsEnumerable.call(source, key)) assignProp(target, key, source[key]);
	return target;
}
function initializeContext(params) {
	let target = params?.target ?? "draft-2020-12";
	if (target === "draft-4") target = "draft-04";
	if (target === "draft-7") target = "draft-07";
	return {
		processors: params.processors ?? {},
		metadataRegistry: params?.metadata ?? globalRegistry,
		target,
		unrepresentable: params?.unrepresentable ?? "throw",
		override: params?.override ?? (() => {}),
		io: params?.io ?? "output",
		counter: 0,
		seen: /* @__PURE__ */ new Map(),
		sharedDefsExtractedFor: void 0,
		sharedEmitDoneFor: void 0,
		cycles: params?.cycles ?? "ref",
		reused: params?.reused ?? "inline",
		intersections: [],
		deferred: [],
		external: params?.external ?? void 0
	};
}
/**
* Applies the `unrepresentable` setting at a site that has no JSON Schema equivalent. Throws
* `message` unless the setting (or the handler's return value) says otherwise. Returns `true` if a
* custom JSON Schema was written into `json`, in which case the caller must not write its own.
*/
function handleUnrepresentable(schema, ctx, json, params, message) {
	const result = typeof ctx.unrepresentable === "function" ? ctx.unrepresentable({
		zodSchema: schema,
		path: params.path,
		message
	}) : ctx.unrepresentable;
	if (result === "any") return false;
	if (result === void 0 || result === "throw") throw new Error(message);
	Object.assign(json, result);
	return true;
}
function processSchema(schema, ctx, _params = {
	path: [],
	schemaPath: []
}) {
	var _a;
	const def = schema._zod.def;
	const seen = ctx.seen.get(schema);
	if (seen) {
		seen.count++;
		if (_params.schemaPath.includes(schema)) seen.cycle = _params.path;
		return seen.schema;
	}
	const result = {
		schema: {},
		count: 1,
		cycle: void 0,
		path: _params.path
	};
	ctx.seen.set(schema, result);
	ctx.sharedDefsExtractedFor = void 0;
	ctx.sharedEmitDoneFor = void 0;
	const overrideSchema = schema._zod.toJSONSchema?.();
	if (overrideSchema) result.schema = overrideSchema;
	else {
		const params = {
			..._params,
			schemaPath: [..._params.schemaPath, schema],
			path: _params.path
		};
		if (schema._zod.processJSONSchema) schema._zod.processJSONSchema(ctx, result.schema, params);
		else {
			const _json = result.schema;
			const processor = ctx.processors[def.type];
			if (!processor) throw new Error(`[toJSONSchema]: Non-representable type encountered: ${def.type}`);
			processor(schema, ctx, _json, params);
		}
		const parent = schema._zod.parent;
		if (parent) {
			if (!result.ref) result.ref = parent;
			processSchema(parent, ctx, params);
			ctx.seen.get(parent).isParent = true;
		}
	}
	const meta = ctx.metadataRegistry.get(schema);
	if (meta) assignProps(result.schema, meta);
	if (ctx.io === "input" && isTransforming(schema)) {
		delete result.schema.examples;
		delete result.schema.default;
	}
	if (ctx.io === "input" && "_prefault" in result.schema) (_a = result.schema).default ?? (_a.default = result.schema._prefault);
	delete result.schema._prefault;
	return ctx.seen.get(schema).schema;
}
function encodeJSONPointerSegment(segment) {
	return segment.replace(/~/g, "~0").replace(/\//g, "~1");
}
function extractDefs(ctx, schema) {
	const root = ctx.seen.get(schema);
	if (!root) throw new Error("Unprocessed schema. This is a bug in Zod.");
	if (ctx.external && ctx.sharedDefsExtractedFor === ctx.external) return;
	const idToSchema = /* @__PURE__ */ new Map();
	for (const entry of ctx.seen.entries()) {
		const id = ctx.metadataRegistry.get(entry[0])?.id;
		if (id) {
			const existing = idToSchema.get(id);
			if (existing && existing !== entry[0]) throw new Error(`Duplicate schema id "${id}" detected during JSON Schema conversion. Two different schemas cannot share the same id when converted together.`);
			idToSchema.set(id, entry[0]);
		}
	}
	const makeURI = (entry) => {
		const defsSegment = ctx.target === "draft-2020-12" ? "$defs" : "definitions";
		if (ctx.external) {
			const externalId = ctx.external.registry.get(entry[0])?.id;
			const uriGenerator = ctx.external.uri ?? ((id) => id);
			if (externalId) return { ref: uriGenerator(externalId) };
			const id = entry[1].defId ?? entry[1].schema.id ?? `schema${ctx.counter++}`;
			entry[1].defId = id;
			return {
				defId: id,
				ref: `${uriGenerator("__shared")}#/${defsSegment}/${encodeJSONPointerSegment(id)}`
			};
		}
		const uriPrefix = `#`;
		const defUriPrefix = `${uriPrefix}/${defsSegment}/`;
		if (entry[1] === root && !entry[1].schema.id) return { ref: uriPrefix };
		const defId = entry[1].schema.id ?? `__schema${ctx.counter++}`;
		return {
			defId,
			ref: defUriPrefix + encodeJSONPointerSegment(defId)
		};
	};
	const extractToDef = (entry) => {
		if (entry[1].schema.$ref) return;
		const seen = entry[1];
		const { ref, defId } = makeURI(entry);
		seen.def = { ...seen.schema };
		if (defId) seen.defId = defId;
		const schema = seen.schema;
		for (const key in schema) delete schema[key];
		schema.$ref = ref;
	};
	if (ctx.cycles === "throw") for (const entry of ctx.seen.entries()) {
		const seen = entry[1];
		if (seen.cycle) throw new Error(`Cycle detected: #/${seen.cycle?.join("/")}/<root>

Set the \`cycles\` parameter to \`"ref"\` to resolve cyclical schemas with defs.`);
	}
	for (const entry of ctx.seen.entries()) {
		const seen = entry[1];
		if (schema === entry[0]) {
			extractToDef(entry);
			continue;
		}
		if (ctx.external) {
			const ext = ctx.external.registry.get(entry[0])?.id;
			if (schema !== entry[0] && ext) {
				extractToDef(entry);
				continue;
			}
		}
		if (ctx.metadataRegistry.get(entry[0])?.id) {
			extractToDef(entry);
			continue;
		}
		if (seen.cycle) {
			extractToDef(entry);
			continue;
		}
		if (seen.count > 1) {
			if (ctx.reused === "ref") extractToDef(entry);
		}
	}
	if (ctx.external) ctx.sharedDefsExtractedFor = ctx.external;
}
/** Rewrites `anyOf: [{type: "a"}, {type: "b"}]` to `type: ["a", "b"]`, which every JSON Schema draft treats as equivalent and most consumers render far better for the nullable case. Only branches that are a bare type assertion qualify — anything carrying a constraint, `$ref`, `const` or metadata is left alone. Runs after `flattenRef`, so a branch an override decorated or `$defs` extraction turned into a `$ref` is no longer bare and correctly stays in `anyOf`. `oneOf` is excluded: `integer` and `number` overlap, so "exactly one" and "at least one" are not the same there. OpenAPI 3.0 is excluded: its `type` must be a single string. */
function compactTypeUnion(schema) {
	const options = schema.anyOf;
	if (!Array.isArray(options) || options.length === 0 || schema.type !== void 0) return;
	const types = [];
	for (const option of options) {
		if (!option || typeof option !== "object") return;
		compactTypeUnion(option);
		const keys = Object.keys(option);
		if (keys.length !== 1 || keys[0] !== "type") return;
		const type = option.type;
		for (const member of Array.isArray(type) ? type : [type]) {
			if (typeof member !== "string") return;
			if (!types.includes(member)) types.push(member);
		}
	}
	delete schema.anyOf;
	schema.type = types.length === 1 ? types[0] : types;
}
/** Keywords `foldIntersection` knows how to combine. Anything else — `$ref`, `patternProperties`,
* an annotation like `description` — makes a member unfoldable, so a constraint this does not
* understand leaves the `allOf` alone instead of being silently dropped or misattributed. */
const FOLDABLE_KEYS = /* @__PURE__ */ new Set([
	"type",
	"properties",
	"required",
	"additionalProperties"
]);
const UNION_KEYS = ["oneOf", "anyOf"];
/** A member's constraint on a key it does not declare itself. A `catchall` states one; `false`, an absent `additionalProperties`, and the empty schema a loose object emits state nothing. */
function undeclaredConstraint(member) {
	const extra = member.additionalProperties;
	if (extra === void 0 || extra === false || typeof extra !== "object" || extra === null) return null;
	return Object.keys(extra).length ? extra : null;
}
/** Combines object members into the single object they describe together, or returns `null` if any of them carries a keyword outside {@link FOLDABLE_KEYS}. */
function foldObjects(members) {
	const objects = [];
	for (const member of members) {
		if (typeof member !== "object" || member.type !== "object") return null;
		for (const key in member) if (!FOLDABLE_KEYS.has(key)) return null;
		objects.push(member);
	}
	const properties = {};
	const required = /* @__PURE__ */ new Set();
	for (const object of objects) {
		for (const key in object.properties) {
			if (Object.prototype.hasOwnProperty.call(properties, key)) continue;
			const parts = [];
			for (const other of objects) {
				const part = other.properties?.[key] ?? undeclaredConstraint(other);
				if (part === null || part === void 0) continue;
				if (!parts.some((seen) => JSON.stringify(seen) === JSON.stringify(part))) parts.push(part);
			}
			const merged = parts.length === 1 ? parts[0] : foldObjects(parts) ?? { allOf: parts };
			assignProp(properties, key, merged);
		}
		for (const key of object.required ?? []) required.add(key);
	}
	const folded = {
		type: "object",
		properties
	};
	if (required.size) folded.required = [...required];
	if (objects.every((object) => object.additionalProperties === false)) folded.additionalProperties = false;
	else {
		const constraints = [];
		for (const object of objects) {
			const constraint = undeclaredConstraint(object);
			if (constraint && !constraints.some((seen) => JSON.stringify(seen) === JSON.stringify(constraint))) constraints.push(constraint);
		}
		if (constraints.length === 1) folded.additionalProperties = constraints[0];
		else if (constraints.length > 1) folded.additionalProperties = { allOf: constraints };
	}
	return folded;
}
/** `additionalProperties` in an `allOf` member sees only that member's own `properties`, so two
* closed object members reject each other's keys and the schema validates nothing. Zod's parser
* pools the key sets instead — `handleIntersectionResults` reports a key as unrecognized only when
* *every* side rejects it — so the emitted schema has to pool them too, and folding the members
* into one object is the encoding that says so on every target.
*
* This runs from `finalize`, after `extractDefs`, which is what keeps it clear of the `$ref`
* machinery: a member extracted into `$defs` is already a `$ref` by now and declines to fold, so it
* keeps its reference and its own closedness rather than being inlined as a stale copy. */
function foldIntersection(json) {
	const allOf = json.allOf;
	if (!Array.isArray(allOf) || allOf.length < 2) return;
	for (const key of FOLDABLE_KEYS) if (key in json) return;
	const unions = allOf.filter((m) => UNION_KEYS.some((k) => Array.isArray(m[k])));
	let folded = null;
	if (!unions.length) folded = foldObjects(allOf);
	else {
		const union = unions[0];
		const keyword = UNION_KEYS.find((k) => Array.isArray(union[k]));
		if (Object.keys(union).length !== 1) return;
		const rest = allOf.filter((m) => m !== union);
		const branches = union[keyword].map((branch) => foldObjects([...rest, branch]));
		if (branches.some((b) => !b)) return;
		folded = { [keyword]: branches };
	}
	if (!folded) return;
	delete json.allOf;
	assignProps(json, folded);
}
function finalize(ctx, schema) {
	const root = ctx.seen.get(schema);
	if (!root) throw new Error("Unprocessed schema. This is a bug in Zod.");
	const flattenRef = (zodSchema) => {
		const seen = ctx.seen.get(zodSchema);
		if (seen.ref === null) return;
		const schema = seen.def ?? seen.schema;
		const _cached = { ...schema };
		const ref = seen.ref;
		seen.ref = null;
		if (ref) {
			flattenRef(ref);
			const refSeen = ctx.seen.get(ref);
			const refSchema = refSeen.schema;
			if (refSchema.$ref && (ctx.target === "draft-07" || ctx.target === "draft-04" || ctx.target === "openapi-3.0")) {
				schema.allOf = schema.allOf ?? [];
				schema.allOf.push(refSchema);
			} else assignProps(schema, refSchema);
			assignProps(schema, _cached);
			if (zodSchema._zod.parent === ref) for (const key in schema) {
				if (key === "$ref" || key === "allOf") continue;
				if (!(key in _cached)) delete schema[key];
			}
			if (refSchema.$ref && refSeen.def) for (const key in schema) {
				if (key === "$ref" || key === "allOf") continue;
				if (key in refSeen.def && JSON.stringify(schema[key]) === JSON.stringify(refSeen.def[key])) delete schema[key];
			}
		}
		const parent = zodSchema._zod.parent;
		if (parent && parent !== ref) {
			flattenRef(parent);
			const parentSeen = ctx.seen.get(parent);
			if (parentSeen?.schema.$ref) {
				schema.$ref = parentSeen.schema.$ref;
				if (parentSeen.def) for (const key in schema) {
					if (key === "$ref" || key === "allOf") continue;
					if (key in parentSeen.def && JSON.stringify(schema[key]) === JSON.stringify(parentSeen.def[key])) delete schema[key];
				}
			}
		}
		ctx.override({
			zodSchema,
			jsonSchema: schema,
			path: seen.path ?? []
		});
	};
	if (!ctx.external || ctx.sharedEmitDoneFor !== ctx.external) {
		for (const entry of [...ctx.seen.entries()].reverse()) flattenRef(entry[0]);
		if (ctx.target !== "openapi-3.0") for (const entry of ctx.seen.entries()) compactTypeUnion(entry[1].def ?? entry[1].schema);
		for (const rewrite of ctx.deferred) rewrite();
		if (ctx.intersections.length) {
			const carriers = /* @__PURE__ */ new Map();
			for (const seen of ctx.seen.values()) for (const json of [seen.schema, seen.def]) {
				const allOf = json?.allOf;
				if (!Array.isArray(allOf)) continue;
				const existing = carriers.get(allOf);
				if (existing) existing.push(json);
				else carriers.set(allOf, [json]);
			}
			for (const allOf of ctx.intersections) for (const json of carriers.get(allOf) ?? []) foldIntersection(json);
		}
	}
	const result = {};
	if (ctx.target === "draft-2020-12") result.$schema = "https://json-schema.org/draft/2020-12/schema";
	else if (ctx.target === "draft-07") result.$schema = "http://json-schema.org/draft-07/schema#";
	else if (ctx.target === "draft-04") result.$schema = "http://json-schema.org/draft-04/schema#";
	else if (ctx.target === "openapi-3.0") {}
	if (ctx.external?.uri) {
		const id = ctx.external.registry.get(schema)?.id;
		if (!id) throw new Error("Schema is missing an `id` property");
		result.$id = ctx.external.uri(id);
	}
	assignProps(result, root.defId ? root.schema : root.def ?? root.schema);
	const rootMetaId = ctx.metadataRegistry.get(schema)?.id;
	if (rootMetaId !== void 0 && result.id === rootMetaId) delete result.id;
	const defs = ctx.external?.defs ?? {};
	if (!ctx.external || ctx.sharedEmitDoneFor !== ctx.external) for (const entry of ctx.seen.entries()) {
		const seen = entry[1];
		if (seen.def && seen.defId) {
			if (seen.def.id === seen.defId) delete seen.def.id;
			assignProp(defs, seen.defId, seen.def);
		}
	}
	if (ctx.external) ctx.sharedEmitDoneFor = ctx.external;
	if (ctx.external) {} else if (Object.keys(defs).length > 0) {
		if (ctx.target === "draft-2020-12") result.$defs = defs;
		else result.definitions = defs;
	}
	try {
		const finalized = JSON.parse(JSON.stringify(result));
		Object.defineProperty(finalized, "~standard", {
			value: {
				...schema["~standard"],
				jsonSchema: {
					input: createStandardJSONSchemaMethod(schema, "input", ctx.processors),
					output: createStandardJSONSchemaMethod(schema, "output", ctx.processors)
				}
			},
			enumerable: false,
			writable: false
		});
		return finalized;
	} catch (_err) {
		throw new Error("Error converting schema to JSON.");
	}
}
function isTransforming(_schema, _ctx) {
	const ctx = _ctx ?? { seen: /* @__PURE__ */ new Set() };
	if (ctx.seen.has(_schema)) return false;
	ctx.seen.add(_schema);
	const def = _schema._zod.def;
	if (def.type === "transform") return true;
	if (def.type === "array") return isTransforming(def.element, ctx);
	if (def.type === "set") return isTransforming(def.valueType, ctx);
	if (def.type === "lazy") return isTransforming(def.getter(), ctx);
	if (def.type === "promise" || def.type === "optional" || def.type === "nonoptional" || def.type === "nullable" || def.type === "readonly" || def.type === "default" || def.type === "prefault" || def.type === "catch") return isTransforming(def.innerType, ctx);
	if (def.type === "intersection") return isTransforming(def.left, ctx) || isTransforming(def.right, ctx);
	if (def.type === "record" || def.type === "map") return isTransforming(def.keyType, ctx) || isTransforming(def.valueType, ctx);
	if (def.type === "pipe") {
		if (_schema._zod.traits.has("$ZodCodec")) return true;
		return isTransforming(def.in, ctx) || isTransforming(def.out, ctx);
	}
	if (def.type === "object") {
		for (const key in def.shape) if (isTransforming(def.shape[key], ctx)) return true;
		return false;
	}
	if (def.type === "union") {
		for (const option of def.options) if (isTransforming(option, ctx)) return true;
		return false;
	}
	if (def.type === "tuple") {
		for (const item of def.items) if (isTransforming(item, ctx)) return true;
		if (def.rest && isTransforming(def.rest, ctx)) return true;
		return false;
	}
	return false;
}
/**
* Creates a toJSONSchema method for a schema instance.
* This encapsulates the logic of initializing context, processing, extracting defs, and finalizing.
*/
const createToJSONSchemaMethod = (schema, processors = {}) => (params) => {
	const ctx = initializeContext({
		...params,
		processors
	});
	processSchema(schema, ctx);
	extractDefs(ctx, schema);
	return finalize(ctx, schema);
};
const createStandardJSONSchemaMethod = (schema, io, processors = {}) => (params) => {
	const { libraryOptions, target } = params ?? {};
	const ctx = initializeContext({
		...libraryOptions ?? {},
		target,
		io,
		processors
	});
	processSchema(schema, ctx);
	extractDefs(ctx, schema);
	return finalize(ctx, schema);
};

// node_modules/zod/v4/core/json-schema-processors.js
const narrowMin = (agg, key, value) => {
	if (agg[key] === void 0 || value > agg[key]) agg[key] = value;
};
const narrowMax = (agg, key, value) => {
	if (agg[key] === void 0 || value < agg[key]) agg[key] = value;
};
const narrowBoth = (agg, value) => {
	narrowMin(agg, "minimum", value);
	narrowMax(agg, "maximum", value);
};
const addDivisor = (agg, value) => {
	agg.multipleOf ?? (agg.multipleOf = []);
	if (!agg.multipleOf.includes(value)) agg.multipleOf.push(value);
};
const addPattern = (agg, pattern) => {
	agg.patterns ?? (agg.patterns = /* @__PURE__ */ new Set());
	agg.patterns.add(pattern);
};
const intersectMime = (agg, mime) => {
	agg.mime = agg.mime ? agg.mime.filter((m) => mime.includes(m)) : [...mime];
};
const setFormat = (agg, format) => {
	agg.format = format;
	if (format.includes("int")) agg.isInt = true;
};
const minContributor = (agg, def) => narrowMin(agg, "minimum", def.minimum);
const maxContributor = (agg, def) => narrowMax(agg, "maximum", def.maximum);
const formatContributor = (ranges) => (agg, def) => {
	setFormat(agg, def.format);
	const [minimum, maximum] = ranges[def.format];
	narrowMin(agg, "minimum", minimum);
	narrowMax(agg, "maximum", maximum);
};
const contributors = {
	greater_than: (agg, def) => narrowMin(agg, def.inclusive ? "minimum" : "exclusiveMinimum", def.value),
	less_than: (agg, def) => narrowMax(agg, def.inclusive ? "maximum" : "exclusiveMaximum", def.value),
	multiple_of: (agg, def) => addDivisor(agg, def.value),
	number_format: formatContributor(NUMBER_FORMAT_RANGES),
	bigint_format: formatContributor(BIGINT_FORMAT_RANGES),
	min_length: minContributor,
	max_length: maxContributor,
	length_equals: (agg, def) => narrowBoth(agg, def.length),
	min_size: minContributor,
	max_size: maxContributor,
	size_equals: (agg, def) => narrowBoth(agg, def.size),
	string_format: (agg, def) => {
		setFormat(agg, def.format);
		if (def.pattern) addPattern(agg, def.pattern);
		if (def.format === "base64" || def.format === "base64url") agg.contentEncoding = def.format;
		if (def.local || def.precision === -1) agg.laxFormat = true;
	},
	mime_type: (agg, def) => intersectMime(agg, def.mime)
};
function aggregateChecks(schema) {
	const agg = {};
	const def = schema._zod.def;
	const list = schema._zod.traits.has("$ZodCheck") ? [schema, ...def.checks ?? []] : def.checks ?? [];
	for (const ch of list) contributors[ch._zod.def.check]?.(agg, ch._zod.def);
	const bag = schema._zod.bag;
	if (bag.minimum !== void 0) narrowMin(agg, "minimum", bag.minimum);
	if (bag.exclusiveMinimum !== void 0) narrowMin(agg, "exclusiveMinimum", bag.exclusiveMinimum);
	if (bag.maximum !== void 0) narrowMax(agg, "maximum", bag.maximum);
	if (bag.exclusiveMaximum !== void 0) narrowMax(agg, "exclusiveMaximum", bag.exclusiveMaximum);
	if (bag.multipleOf !== void 0) addDivisor(agg, bag.multipleOf);
	if (bag.format !== void 0) {
		agg.format ?? (agg.format = bag.format);
		if (bag.format.includes("int")) agg.isInt = true;
	}
	if (bag.mime) intersectMime(agg, bag.mime);
	for (const pattern of bag.patterns ?? []) addPattern(agg, pattern);
	return agg;
}
const formatMap = {
	guid: "uuid",
	url: "uri",
	datetime: "date-time",
	json_string: "json-string",
	regex: ""
};
const exactPatterns = /* @__PURE__ */ new Map([[base64Charset, base64], [base64urlCharset, base64url]]);
const exactPattern = (p) => exactPatterns.get(p) ?? p;
const stringProcessor = (schema, ctx, _json, _params) => {
	const json = _json;
	json.type = "string";
	const { minimum, maximum, format, patterns, contentEncoding, laxFormat } = aggregateChecks(schema);
	if (typeof minimum === "number") json.minLength = minimum;
	if (typeof maximum === "number") json.maxLength = maximum;
	if (format) {
		json.format = formatMap[format] ?? format;
		if (json.format === "") delete json.format;
		if (format === "time" || laxFormat) delete json.format;
	}
	if (contentEncoding) json.contentEncoding = contentEncoding;
	if (patterns && patterns.size > 0) {
		const patternList = [...patterns].map(exactPattern);
		if (patternList.length === 1) json.pattern = patternList[0].source;
		else if (patternList.length > 1) json.allOf = [...patternList.map((regex) => ({
			...ctx.target === "draft-07" || ctx.target === "draft-04" || ctx.target === "openapi-3.0" ? { type: "string" } : {},
			pattern: regex.source
		}))];
	}
};
const numberProcessor = (schema, ctx, _json, params) => {
	const json = _json;
	const { minimum, maximum, multipleOf, exclusiveMaximum, exclusiveMinimum, isInt } = aggregateChecks(schema);
	json.type = isInt ? "integer" : "number";
	const exMin = typeof exclusiveMinimum === "number" && exclusiveMinimum >= (minimum ?? Number.NEGATIVE_INFINITY);
	const exMax = typeof exclusiveMaximum === "number" && exclusiveMaximum <= (maximum ?? Number.POSITIVE_INFINITY);
	const legacy = ctx.target === "draft-04" || ctx.target === "openapi-3.0";
	if (exMin) {
		if (legacy) {
			json.minimum = exclusiveMinimum;
			json.exclusiveMinimum = true;
		} else json.exclusiveMinimum = exclusiveMinimum;
	} else if (typeof minimum === "number") json.minimum = minimum;
	if (exMax) {
		if (legacy) {
			json.maximum = exclusiveMaximum;
			json.exclusiveMaximum = true;
		} else json.exclusiveMaximum = exclusiveMaximum;
	} else if (typeof maximum === "number") json.maximum = maximum;
	if (multipleOf) {
		const divisors = /* @__PURE__ */ new Set();
		for (const divisor of multipleOf) if (Number.isFinite(divisor) && divisor !== 0) divisors.add(Math.abs(divisor));
		else handleUnrepresentable(schema, ctx, json, params, `A multipleOf divisor of ${divisor} cannot be represented in JSON Schema`);
		const [first, ...rest] = divisors;
		if (first !== void 0) json.multipleOf = first;
		if (rest.length) json.allOf = [...json.allOf ?? [], ...rest.map((m) => ({ multipleOf: m }))];
	}
};
const booleanProcessor = (_schema, _ctx, json, _params) => {
	json.type = "boolean";
};
const neverProcessor = (_schema, _ctx, json, _params) => {
	json.not = {};
};
const unknownProcessor = (_schema, _ctx, _json, _params) => {};
const enumProcessor = (schema, _ctx, json, _params) => {
	const def = schema._zod.def;
	const values = getEnumValues(def.entries);
	if (values.length === 0) {
		json.not = {};
		return;
	}
	if (values.every((v) => typeof v === "number")) json.type = "number";
	if (values.every((v) => typeof v === "string")) json.type = "string";
	json.enum = values;
};
const literalProcessor = (schema, ctx, json, params) => {
	const def = schema._zod.def;
	if (def.values.length === 0) {
		json.not = {};
		return;
	}
	const vals = [];
	for (const val of def.values) if (val === void 0) {
		if (handleUnrepresentable(schema, ctx, json, params, "Literal `undefined` cannot be represented in JSON Schema")) return;
	} else if (typeof val === "bigint") {
		if (handleUnrepresentable(schema, ctx, json, params, "BigInt literals cannot be represented in JSON Schema")) return;
		vals.push(Number(val));
	} else vals.push(val);
	if (vals.length === 0) {} else if (vals.length === 1) {
		const val = vals[0];
		json.type = val === null ? "null" : typeof val;
		if (ctx.target === "draft-04" || ctx.target === "openapi-3.0") json.enum = [val];
		else json.const = val;
	} else {
		if (vals.every((v) => typeof v === "number")) json.type = "number";
		if (vals.every((v) => typeof v === "string")) json.type = "string";
		if (vals.every((v) => typeof v === "boolean")) json.type = "boolean";
		if (vals.every((v) => v === null)) json.type = "null";
		json.enum = vals;
	}
};
const customProcessor = (schema, ctx, json, params) => {
	handleUnrepresentable(schema, ctx, json, params, "Custom types cannot be represented in JSON Schema");
};
const transformProcessor = (schema, ctx, json, params) => {
	handleUnrepresentable(schema, ctx, json, params, "Transforms cannot be represented in JSON Schema");
};
const arrayProcessor = (schema, ctx, _json, params) => {
	const json = _json;
	const def = schema._zod.def;
	const { minimum, maximum } = aggregateChecks(schema);
	if (typeof minimum === "number") json.minItems = minimum;
	if (typeof maximum === "number") json.maxItems = maximum;
	json.type = "array";
	json.items = processSchema(def.element, ctx, {
		...params,
		path: [...params.path, "items"]
	});
};
function inputOptin(schema) {
	const def = schema._zod.def;
	if (def.type === "pipe" && def.in._zod.traits.has("$ZodTransform")) return inputOptin(def.out);
	if (def.type === "catch") return inputOptin(def.innerType);
	return schema._zod.optin;
}
const objectProcessor = (schema, ctx, _json, params) => {
	const json = _json;
	const def = schema._zod.def;
	const shape = def.shape;
	if (Object.getOwnPropertySymbols(shape).length && handleUnrepresentable(schema, ctx, json, params, "Symbol keys cannot be represented in JSON Schema")) return;
	json.type = "object";
	json.properties = {};
	for (const key in shape) assignProp(json.properties, key, processSchema(shape[key], ctx, {
		...params,
		path: [
			...params.path,
			"properties",
			key
		]
	}));
	const requiredKeys = [];
	for (const key of Object.keys(shape)) {
		const field = def.shape[key];
		if (ctx.io === "input" ? inputOptin(field) === void 0 : field._zod.optout === void 0) requiredKeys.push(key);
	}
	if (requiredKeys.length > 0) json.required = requiredKeys;
	if (def.catchall?._zod.def.type === "never") json.additionalProperties = false;
	else if (!def.catchall) {
		if (ctx.io === "output") json.additionalProperties = false;
	} else if (def.catchall) json.additionalProperties = processSchema(def.catchall, ctx, {
		...params,
		path: [...params.path, "additionalProperties"]
	});
};
const unionProcessor = (schema, ctx, json, params) => {
	const def = schema._zod.def;
	const isExclusive = def.inclusive === false;
	const options = def.options.map((x, i) => processSchema(x, ctx, {
		...params,
		path: [
			...params.path,
			isExclusive ? "oneOf" : "anyOf",
			i
		]
	}));
	if (isExclusive) json.oneOf = options;
	else json.anyOf = options;
};
const intersectionProcessor = (schema, ctx, json, params) => {
	const def = schema._zod.def;
	const a = processSchema(def.left, ctx, {
		...params,
		path: [
			...params.path,
			"allOf",
			0
		]
	});
	const b = processSchema(def.right, ctx, {
		...params,
		path: [
			...params.path,
			"allOf",
			1
		]
	});
	const isSimpleIntersection = (val) => "allOf" in val && Object.keys(val).length === 1;
	const allOf = [...isSimpleIntersection(a) ? a.allOf : [a], ...isSimpleIntersection(b) ? b.allOf : [b]];
	json.allOf = allOf;
	ctx.intersections.push(allOf);
};
const nullableProcessor = (schema, ctx, json, params) => {
	const def = schema._zod.def;
	const inner = processSchema(def.innerType, ctx, params);
	const seen = ctx.seen.get(schema);
	if (ctx.target === "openapi-3.0") {
		seen.ref = def.innerType;
		json.nullable = true;
	} else json.anyOf = [inner, { type: "null" }];
};
const nonoptionalProcessor = (schema, ctx, _json, params) => {
	const def = schema._zod.def;
	processSchema(def.innerType, ctx, params);
	const seen = ctx.seen.get(schema);
	seen.ref = def.innerType;
};
/** Round-trips a default value through JSON so the emitted schema is guaranteed to be valid JSON.
* A BigInt has no reliable encoding, so it goes through `unrepresentable` like any other
* unrepresentable value. Returns a sentinel when the caller must not write a default of its own. */
const UNREPRESENTABLE_DEFAULT = Symbol();
function serializeDefaultValue(value, schema, ctx, json, params) {
	let unrepresentable = false;
	const serialized = JSON.stringify(value, (_, val) => {
		if (typeof val !== "bigint") return val;
		unrepresentable = true;
		return null;
	});
	if (!unrepresentable) return JSON.parse(serialized);
	handleUnrepresentable(schema, ctx, json, params, "BigInt defaults cannot be represented in JSON Schema");
	return UNREPRESENTABLE_DEFAULT;
}
const defaultProcessor = (schema, ctx, json, params) => {
	const def = schema._zod.def;
	processSchema(def.innerType, ctx, params);
	const seen = ctx.seen.get(schema);
	seen.ref = def.innerType;
	const value = serializeDefaultValue(def.defaultValue, schema, ctx, json, params);
	if (value !== UNREPRESENTABLE_DEFAULT) json.default = value;
};
const prefaultProcessor = (schema, ctx, json, params) => {
	const def = schema._zod.def;
	processSchema(def.innerType, ctx, params);
	const seen = ctx.seen.get(schema);
	seen.ref = def.innerType;
	if (ctx.io !== "input") return;
	const value = serializeDefaultValue(def.defaultValue, schema, ctx, json, params);
	if (value !== UNREPRESENTABLE_DEFAULT) json._prefault = value;
};
const catchProcessor = (schema, ctx, json, params) => {
	const def = schema._zod.def;
	processSchema(def.innerType, ctx, params);
	const seen = ctx.seen.get(schema);
	seen.ref = def.innerType;
	let catchValue;
	try {
		catchValue = def.catchValue(void 0);
	} catch {
		handleUnrepresentable(schema, ctx, json, params, "Dynamic catch values are not supported in JSON Schema");
		return;
	}
	json.default = catchValue;
};
const pipeProcessor = (schema, ctx, _json, params) => {
	const def = schema._zod.def;
	const inIsTransform = def.in._zod.traits.has("$ZodTransform");
	const innerType = ctx.io === "input" ? inIsTransform ? def.out : def.in : def.out;
	processSchema(innerType, ctx, params);
	const seen = ctx.seen.get(schema);
	seen.ref = innerType;
};
const readonlyProcessor = (schema, ctx, json, params) => {
	const def = schema._zod.def;
	processSchema(def.innerType, ctx, params);
	const seen = ctx.seen.get(schema);
	seen.ref = def.innerType;
	json.readOnly = true;
};
const optionalProcessor = (schema, ctx, _json, params) => {
	const def = schema._zod.def;
	processSchema(def.innerType, ctx, params);
	const seen = ctx.seen.get(schema);
	seen.ref = def.innerType;
};

// node_modules/zod/v4/classic/errors.js
const _installedErrorProtos = /* @__PURE__ */ new WeakSet([Object.prototype, Error.prototype]);
function _lazyMethod(proto, key, make) {
	Object.defineProperty(proto, key, {
		configurable: true,
		enumerable: false,
		get() {
			const value = make(this);
			Object.defineProperty(this, key, {
				value,
				configurable: true,
				writable: true
			});
			return value;
		},
		set(value) {
			Object.defineProperty(this, key, {
				value,
				configurable: true,
				writable: true
			});
		}
	});
}
const initializer = (inst, issues) => {
	$ZodError.init(inst, issues);
	inst.name = "ZodError";
	const proto = Object.getPrototypeOf(inst);
	if (_installedErrorProtos.has(proto)) return;
	_installedErrorProtos.add(proto);
	_lazyMethod(proto, "format", (self) => (mapper) => formatError(self, mapper));
	_lazyMethod(proto, "flatten", (self) => (mapper) => flattenError(self, mapper));
	_lazyMethod(proto, "addIssue", (self) => (issue) => {
		self.issues.push(issue);
		self.message = JSON.stringify(self.issues, jsonStringifyReplacer, 2);
	});
	_lazyMethod(proto, "addIssues", (self) => (issues) => {
		self.issues.push(...issues);
		self.message = JSON.stringify(self.issues, jsonStringifyReplacer, 2);
	});
	Object.defineProperty(proto, "isEmpty", {
		configurable: true,
		enumerable: false,
		get() {
			return this.issues.length === 0;
		}
	});
};
const ZodRealError = /*@__PURE__*/ $constructor("ZodError", initializer, void 0, { Parent: Error });

// node_modules/zod/v4/classic/parse.js
const parse$1 = /* @__PURE__ */ _parse(ZodRealError);
const parseAsync = /* @__PURE__ */ _parseAsync(ZodRealError);
const safeParse = /* @__PURE__ */ _safeParse(ZodRealError);
const safeParseAsync = /* @__PURE__ */ _safeParseAsync(ZodRealError);
const encode = /* @__PURE__ */ _encode(ZodRealError);
const decode = /* @__PURE__ */ _decode(ZodRealError);
const encodeAsync = /* @__PURE__ */ _encodeAsync(ZodRealError);
const decodeAsync = /* @__PURE__ */ _decodeAsync(ZodRealError);
const safeEncode = /* @__PURE__ */ _safeEncode(ZodRealError);
const safeDecode = /* @__PURE__ */ _safeDecode(ZodRealError);
const safeEncodeAsync = /* @__PURE__ */ _safeEncodeAsync(ZodRealError);
const safeDecodeAsync = /* @__PURE__ */ _safeDecodeAsync(ZodRealError);

// node_modules/zod/v4/classic/schemas.js
function _ensureDefaultLocale() {
	if (!globalConfig.localeError) config(en_default());
}
function _ensureDefaultMemoizer() {
	if (!globalConfig.memoizer) config({ memoizer: memoizer() });
}
const ZodType = /*@__PURE__*/ $constructor("ZodType", (inst, def) => {
	_ensureDefaultLocale();
	$ZodType.init(inst, def);
	inst.def = def;
	inst.type = def.type;
	return inst;
}, {
	check(...chks) {
		const def = this.def;
		return this.clone(mergeDefs(def, { checks: [...def.checks ?? [], ...chks.map((ch) => typeof ch === "function" ? { _zod: {
			check: ch,
			def: { check: "custom" },
			onattach: []
		} } : ch)] }), { parent: true });
	},
	with(...chks) {
		return this.check(...chks);
	},
	clone(def, params) {
		return clone(this, def, params);
	},
	brand() {
		return this;
	},
	register(reg, meta) {
		reg.add(this, meta);
		return this;
	},
	refine(check, params) {
		return this.check(refine(check, params));
	},
	superRefine(refinement, params) {
		return this.check(superRefine(refinement, params));
	},
	overwrite(fn) {
		return this.check(_overwrite(fn));
	},
	optional() {
		return optional(this);
	},
	exactOptional() {
		return exactOptional(this);
	},
	nullable() {
		return nullable(this);
	},
	nullish() {
		return optional(nullable(this));
	},
	nonoptional(params) {
		return nonoptional(this, params);
	},
	array() {
		return array(this);
	},
	or(arg) {
		return union([this, arg]);
	},
	and(arg) {
		return intersection(this, arg);
	},
	transform(tx) {
		return pipe(this, transform(tx));
	},
	default(d) {
		return _default(this, d);
	},
	prefault(d) {
		return prefault(this, d);
	},
	catch(params) {
		return _catch(this, params);
	},
	pipe(target) {
		return pipe(this, target);
	},
	readonly() {
		return readonly(this);
	},
	describe(description) {
		const cl = this.clone();
		globalRegistry.add(cl, { description });
		return cl;
	},
	meta(...args) {
		if (args.length === 0) return globalRegistry.get(this);
		const cl = this.clone();
		globalRegistry.add(cl, args[0]);
		return cl;
	},
	isOptional() {
		return this.safeParse(void 0).success;
	},
	isNullable() {
		return this.safeParse(null).success;
	},
	apply(fn, ...args) {
		return args.length === 0 ? fn(this) : fn(this, ...args);
	},
	get "~standard"() {
		return hide(this, "~standard", {
			...standardProps(this),
			jsonSchema: {
				input: createStandardJSONSchemaMethod(this, "input"),
				output: createStandardJSONSchemaMethod(this, "output")
			}
		});
	},
	set "~standard"(value) {
		own(this, "~standard", value);
	},
	parse: function _parse(data, params) {
		return parse$1(this, data, params, { callee: _parse });
	},
	parseAsync: async function _parseAsync(data, params) {
		return await parseAsync(this, data, params, { callee: _parseAsync });
	},
	safeParse(data, params) {
		return safeParse(this, data, params);
	},
	async safeParseAsync(data, params) {
		return safeParseAsync(this, data, params);
	},
	get spa() {
		return this?.safeParseAsync;
	},
	set spa(value) {
		own(this, "spa", value);
	},
	validate(data, params) {
		return validate(this, data, params);
	},
	validateAsync(data, params) {
		return validateAsync$1(this, data, params);
	},
	encode: function _encode(data, params) {
		return encode(this, data, params, { callee: _encode });
	},
	decode: function _decode(data, params) {
		return decode(this, data, params, { callee: _decode });
	},
	encodeAsync: async function _encodeAsync(data, params) {
		return await encodeAsync(this, data, params, { callee: _encodeAsync });
	},
	decodeAsync: async function _decodeAsync(data, params) {
		return await decodeAsync(this, data, params, { callee: _decodeAsync });
	},
	safeEncode(data, params) {
		return safeEncode(this, data, params);
	},
	safeDecode(data, params) {
		return safeDecode(this, data, params);
	},
	async safeEncodeAsync(data, params) {
		return safeEncodeAsync(this, data, params);
	},
	async safeDecodeAsync(data, params) {
		return safeDecodeAsync(this, data, params);
	},
	toJSONSchema(params) {
		return createToJSONSchemaMethod(this, {})(params);
	},
	get description() {
		return globalRegistry.get(this)?.description;
	},
	get _def() {
		return this._zod.def;
	}
});
/** @internal */
const _ZodString = /*@__PURE__*/ $constructor("_ZodString", (inst, def) => {
	$ZodString.init(inst, def);
	ZodType.init(inst, def);
	inst._zod.processJSONSchema = (ctx, json, params) => stringProcessor(inst, ctx, json, params);
}, /*@__PURE__*/ derived({
	format: (inst) => aggregateChecks(inst).format ?? null,
	minLength: (inst) => aggregateChecks(inst).minimum ?? null,
	maxLength: (inst) => aggregateChecks(inst).maximum ?? null
}, {
	regex(...args) {
		return this.check(_regex(...args));
	},
	includes(...args) {
		return this.check(_includes(...args));
	},
	startsWith(...args) {
		return this.check(_startsWith(...args));
	},
	endsWith(...args) {
		return this.check(_endsWith(...args));
	},
	min(...args) {
		return this.check(_minLength(...args));
	},
	max(...args) {
		return this.check(_maxLength(...args));
	},
	length(...args) {
		return this.check(_length(...args));
	},
	nonempty(...args) {
		return this.check(_minLength(1, ...args));
	},
	lowercase(params) {
		return this.check(_lowercase(params));
	},
	uppercase(params) {
		return this.check(_uppercase(params));
	},
	trim() {
		return this.check(_trim());
	},
	normalize(...args) {
		return this.check(_normalize(...args));
	},
	toLowerCase() {
		return this.check(_toLowerCase());
	},
	toUpperCase() {
		return this.check(_toUpperCase());
	},
	slugify() {
		return this.check(_slugify());
	}
}));
const ZodString = /*@__PURE__*/ $constructor("ZodString", (inst, def) => {
	$ZodString.init(inst, def);
	_ZodString.init(inst, def);
}, {
	email(params) {
		return this.check(_email(ZodEmail, params));
	},
	url(params) {
		return this.check(_url(ZodURL, params));
	},
	jwt(params) {
		return this.check(_jwt(ZodJWT, params));
	},
	emoji(params) {
		return this.check(_emoji(ZodEmoji, params));
	},
	guid(params) {
		return this.check(_guid(ZodGUID, params));
	},
	uuid(params) {
		return this.check(_uuid(ZodUUID, params));
	},
	uuidv4(params) {
		return this.check(_uuidv4(ZodUUID, params));
	},
	uuidv6(params) {
		return this.check(_uuidv6(ZodUUID, params));
	},
	uuidv7(params) {
		return this.check(_uuidv7(ZodUUID, params));
	},
	nanoid(params) {
		return this.check(_nanoid(ZodNanoID, params));
	},
	cuid(params) {
		return this.check(_cuid(ZodCUID, params));
	},
	cuid2(params) {
		return this.check(_cuid2(ZodCUID2, params));
	},
	ulid(params) {
		return this.check(_ulid(ZodULID, params));
	},
	base64(params) {
		return this.check(_base64(ZodBase64, params));
	},
	base64url(params) {
		return this.check(_base64url(ZodBase64URL, params));
	},
	xid(params) {
		return this.check(_xid(ZodXID, params));
	},
	ksuid(params) {
		return this.check(_ksuid(ZodKSUID, params));
	},
	ipv4(params) {
		return this.check(_ipv4(ZodIPv4, params));
	},
	ipv6(params) {
		return this.check(_ipv6(ZodIPv6, params));
	},
	cidrv4(params) {
		return this.check(_cidrv4(ZodCIDRv4, params));
	},
	cidrv6(params) {
		return this.check(_cidrv6(ZodCIDRv6, params));
	},
	e164(params) {
		return this.check(_e164(ZodE164, params));
	},
	datetime(params) {
		return this.check(_isoDateTime(ZodISODateTime, params));
	},
	date(params) {
		return this.check(_isoDate(ZodISODate, params));
	},
	time(params) {
		return this.check(_isoTime(ZodISOTime, params));
	},
	duration(params) {
		return this.check(_isoDuration(ZodISODuration, params));
	}
});
function string(params) {
	return _string(ZodString, params);
}
const ZodStringFormat = /*@__PURE__*/ $constructor("ZodStringFormat", (inst, def) => {
	$ZodStringFormat.init(inst, def);
	_ZodString.init(inst, def);
});
const ZodISODateTime = /*@__PURE__*/ $constructor("ZodISODateTime", (inst, def) => {
	$ZodISODateTime.init(inst, def);
	ZodStringFormat.init(inst, def);
});
const ZodISODate = /*@__PURE__*/ $constructor("ZodISODate", (inst, def) => {
	$ZodISODate.init(inst, def);
	ZodStringFormat.init(inst, def);
});
const ZodISOTime = /*@__PURE__*/ $constructor("ZodISOTime", (inst, def) => {
	$ZodISOTime.init(inst, def);
	ZodStringFormat.init(inst, def);
});
const ZodISODuration = /*@__PURE__*/ $constructor("ZodISODuration", (inst, def) => {
	$ZodISODuration.init(inst, def);
	ZodStringFormat.init(inst, def);
});
const ZodEmail = /*@__PURE__*/ $constructor("ZodEmail", (inst, def) => {
	$ZodEmail.init(inst, def);
	ZodStringFormat.init(inst, def);
});
const ZodGUID = /*@__PURE__*/ $constructor("ZodGUID", (inst, def) => {
	$ZodGUID.init(inst, def);
	ZodStringFormat.init(inst, def);
});
const ZodUUID = /*@__PURE__*/ $constructor("ZodUUID", (inst, def) => {
	$ZodUUID.init(inst, def);
	ZodStringFormat.init(inst, def);
});
const ZodURL = /*@__PURE__*/ $constructor("ZodURL", (inst, def) => {
	$ZodURL.init(inst, def);
	ZodStringFormat.init(inst, def);
});
const ZodEmoji = /*@__PURE__*/ $constructor("ZodEmoji", (inst, def) => {
	$ZodEmoji.init(inst, def);
	ZodStringFormat.init(inst, def);
});
const ZodNanoID = /*@__PURE__*/ $constructor("ZodNanoID", (inst, def) => {
	$ZodNanoID.init(inst, def);
	ZodStringFormat.init(inst, def);
});
/**
* @deprecated CUID v1 is deprecated by its authors due to information leakage
* (timestamps embedded in the id). Use {@link ZodCUID2} instead.
* See https://github.com/paralleldrive/cuid.
*/
const ZodCUID = /*@__PURE__*/ $constructor("ZodCUID", (inst, def) => {
	$ZodCUID.init(inst, def);
	ZodStringFormat.init(inst, def);
});
const ZodCUID2 = /*@__PURE__*/ $constructor("ZodCUID2", (inst, def) => {
	$ZodCUID2.init(inst, def);
	ZodStringFormat.init(inst, def);
});
const ZodULID = /*@__PURE__*/ $constructor("ZodULID", (inst, def) => {
	$ZodULID.init(inst, def);
	ZodStringFormat.init(inst, def);
});
const ZodXID = /*@__PURE__*/ $constructor("ZodXID", (inst, def) => {
	$ZodXID.init(inst, def);
	ZodStringFormat.init(inst, def);
});
const ZodKSUID = /*@__PURE__*/ $constructor("ZodKSUID", (inst, def) => {
	$ZodKSUID.init(inst, def);
	ZodStringFormat.init(inst, def);
});
const ZodIPv4 = /*@__PURE__*/ $constructor("ZodIPv4", (inst, def) => {
	$ZodIPv4.init(inst, def);
	ZodStringFormat.init(inst, def);
});
const ZodIPv6 = /*@__PURE__*/ $constructor("ZodIPv6", (inst, def) => {
	$ZodIPv6.init(inst, def);
	ZodStringFormat.init(inst, def);
});
const ZodCIDRv4 = /*@__PURE__*/ $constructor("ZodCIDRv4", (inst, def) => {
	$ZodCIDRv4.init(inst, def);
	ZodStringFormat.init(inst, def);
});
const ZodCIDRv6 = /*@__PURE__*/ $constructor("ZodCIDRv6", (inst, def) => {
	$ZodCIDRv6.init(inst, def);
	ZodStringFormat.init(inst, def);
});
const ZodBase64 = /*@__PURE__*/ $constructor("ZodBase64", (inst, def) => {
	$ZodBase64.init(inst, def);
	ZodStringFormat.init(inst, def);
});
const ZodBase64URL = /*@__PURE__*/ $constructor("ZodBase64URL", (inst, def) => {
	$ZodBase64URL.init(inst, def);
	ZodStringFormat.init(inst, def);
});
const ZodE164 = /*@__PURE__*/ $constructor("ZodE164", (inst, def) => {
	$ZodE164.init(inst, def);
	ZodStringFormat.init(inst, def);
});
const ZodJWT = /*@__PURE__*/ $constructor("ZodJWT", (inst, def) => {
	$ZodJWT.init(inst, def);
	ZodStringFormat.init(inst, def);
});
const ZodNumber = /*@__PURE__*/ $constructor("ZodNumber", (inst, def) => {
	$ZodNumber.init(inst, def);
	ZodType.init(inst, def);
	inst._zod.processJSONSchema = (ctx, json, params) => numberProcessor(inst, ctx, json, params);
	inst.isFinite = true;
}, /*@__PURE__*/ derived({
	minValue: (inst) => {
		const { minimum, exclusiveMinimum } = aggregateChecks(inst);
		return Math.max(minimum ?? Number.NEGATIVE_INFINITY, exclusiveMinimum ?? Number.NEGATIVE_INFINITY);
	},
	maxValue: (inst) => {
		const { maximum, exclusiveMaximum } = aggregateChecks(inst);
		return Math.min(maximum ?? Number.POSITIVE_INFINITY, exclusiveMaximum ?? Number.POSITIVE_INFINITY);
	},
	isInt: (inst) => {
		const { isInt, multipleOf } = aggregateChecks(inst);
		return !!isInt || !!multipleOf?.some(Number.isSafeInteger);
	},
	format: (inst) => aggregateChecks(inst).format ?? null
}, {
	gt(value, params) {
		return this.check(_gt(value, params));
	},
	gte(value, params) {
		return this.check(_gte(value, params));
	},
	min(value, params) {
		return this.check(_gte(value, params));
	},
	lt(value, params) {
		return this.check(_lt(value, params));
	},
	lte(value, params) {
		return this.check(_lte(value, params));
	},
	max(value, params) {
		return this.check(_lte(value, params));
	},
	int(params) {
		return this.check(int(params));
	},
	safe(params) {
		return this.check(int(params));
	},
	positive(params) {
		return this.check(_gt(0, params));
	},
	nonnegative(params) {
		return this.check(_gte(0, params));
	},
	negative(params) {
		return this.check(_lt(0, params));
	},
	nonpositive(params) {
		return this.check(_lte(0, params));
	},
	multipleOf(value, params) {
		return this.check(_multipleOf(value, params));
	},
	step(value, params) {
		return this.check(_multipleOf(value, params));
	},
	finite() {
		return this;
	}
}));
const ZodNumberFormat = /*@__PURE__*/ $constructor("ZodNumberFormat", (inst, def) => {
	$ZodNumberFormat.init(inst, def);
	ZodNumber.init(inst, def);
});
function int(params) {
	return _int(ZodNumberFormat, params);
}
const ZodBoolean = /*@__PURE__*/ $constructor("ZodBoolean", (inst, def) => {
	$ZodBoolean.init(inst, def);
	ZodType.init(inst, def);
	inst._zod.processJSONSchema = (ctx, json, params) => booleanProcessor(inst, ctx, json, params);
});
function boolean(params) {
	return _boolean(ZodBoolean, params);
}
const ZodUnknown = /*@__PURE__*/ $constructor("ZodUnknown", (inst, def) => {
	$ZodUnknown.init(inst, def);
	ZodType.init(inst, def);
	inst._zod.processJSONSchema = (ctx, json, params) => unknownProcessor(inst, ctx, json, params);
});
function unknown() {
	return _unknown(ZodUnknown);
}
const ZodNever = /*@__PURE__*/ $constructor("ZodNever", (inst, def) => {
	$ZodNever.init(inst, def);
	ZodType.init(inst, def);
	inst._zod.processJSONSchema = (ctx, json, params) => neverProcessor(inst, ctx, json, params);
});
function never(params) {
	return _never(ZodNever, params);
}
const ZodArray = /*@__PURE__*/ $constructor("ZodArray", (inst, def) => {
	_ensureDefaultMemoizer();
	$ZodArray.init(inst, def);
	ZodType.init(inst, def);
	inst._zod.processJSONSchema = (ctx, json, params) => arrayProcessor(inst, ctx, json, params);
	inst.element = def.element;
}, {
	min(n, params) {
		return this.check(_minLength(n, params));
	},
	nonempty(params) {
		return this.check(_minLength(1, params));
	},
	max(n, params) {
		return this.check(_maxLength(n, params));
	},
	length(n, params) {
		return this.check(_length(n, params));
	},
	unwrap() {
		return this.element;
	}
});
function array(element, params) {
	return _array(ZodArray, element, params);
}
const ZodObject = /*@__PURE__*/ $constructor("ZodObject", (inst, def) => {
	_ensureDefaultMemoizer();
	$ZodObjectJIT.init(inst, def);
	ZodType.init(inst, def);
	inst._zod.processJSONSchema = (ctx, json, params) => objectProcessor(inst, ctx, json, params);
	installLazyProp(inst, "shape", (self) => self._zod.def.shape, false);
}, {
	keyof() {
		return _enum(Object.keys(this._zod.def.shape));
	},
	catchall(catchall) {
		return this.clone(mergeDefs(this._zod.def, { catchall }));
	},
	passthrough() {
		return this.clone(mergeDefs(this._zod.def, { catchall: unknown() }));
	},
	loose() {
		return this.clone(mergeDefs(this._zod.def, { catchall: unknown() }));
	},
	strict() {
		return this.clone(mergeDefs(this._zod.def, { catchall: never() }));
	},
	strip() {
		return this.clone(mergeDefs(this._zod.def, { catchall: void 0 }));
	},
	extend(incoming) {
		return extend(this, incoming);
	},
	safeExtend(incoming) {
		return safeExtend(this, incoming);
	},
	merge(other) {
		return merge(this, other);
	},
	pick(mask) {
		return pick(this, mask);
	},
	omit(mask) {
		return omit(this, mask);
	},
	partial(...args) {
		return partial(ZodOptional, this, args[0]);
	},
	exactPartial(...args) {
		return partial(ZodExactOptional, this, args[0], "exactPartial");
	},
	required(...args) {
		return required$1(ZodNonOptional, this, args[0]);
	}
});
function strictObject(shape, params) {
	return new ZodObject({
		type: "object",
		shape,
		catchall: never(),
		...normalizeParams(params)
	});
}
const ZodUnion = /*@__PURE__*/ $constructor("ZodUnion", (inst, def) => {
	$ZodUnion.init(inst, def);
	ZodType.init(inst, def);
	inst._zod.processJSONSchema = (ctx, json, params) => unionProcessor(inst, ctx, json, params);
	inst.options = def.options;
});
function union(options, params) {
	return new ZodUnion({
		type: "union",
		options,
		...normalizeParams(params)
	});
}
const ZodIntersection = /*@__PURE__*/ $constructor("ZodIntersection", (inst, def) => {
	$ZodIntersection.init(inst, def);
	ZodType.init(inst, def);
	inst._zod.processJSONSchema = (ctx, json, params) => intersectionProcessor(inst, ctx, json, params);
});
function intersection(left, right) {
	return new ZodIntersection({
		type: "intersection",
		left,
		right
	});
}
const ZodEnum = /*@__PURE__*/ $constructor("ZodEnum", (inst, def) => {
	$ZodEnum.init(inst, def);
	ZodType.init(inst, def);
	inst._zod.processJSONSchema = (ctx, json, params) => enumProcessor(inst, ctx, json, params);
	inst.enum = def.entries;
	inst.options = [...inst._zod.values];
	const keys = new Set(Object.keys(def.entries));
	inst.extract = (values, params) => {
		const newEntries = {};
		for (const value of values) if (keys.has(value)) newEntries[value] = def.entries[value];
		else throw new Error(`Key ${value} not found in enum`);
		return new ZodEnum({
			...def,
			checks: [],
			...normalizeParams(params),
			entries: newEntries
		});
	};
	inst.exclude = (values, params) => {
		const newEntries = { ...def.entries };
		for (const value of values) if (keys.has(value)) delete newEntries[value];
		else throw new Error(`Key ${value} not found in enum`);
		return new ZodEnum({
			...def,
			checks: [],
			...normalizeParams(params),
			entries: newEntries
		});
	};
});
function _enum(values, params) {
	const entries = Array.isArray(values) ? Object.fromEntries(values.map((v) => [v, v])) : values;
	return new ZodEnum({
		type: "enum",
		entries,
		...normalizeParams(params)
	});
}
const ZodLiteral = /*@__PURE__*/ $constructor("ZodLiteral", (inst, def) => {
	$ZodLiteral.init(inst, def);
	ZodType.init(inst, def);
	inst._zod.processJSONSchema = (ctx, json, params) => literalProcessor(inst, ctx, json, params);
	inst.values = new Set(def.values);
	Object.defineProperty(inst, "value", { get() {
		if (def.values.length > 1) throw new Error("This schema contains multiple valid literal values. Use `.values` instead.");
		return def.values[0];
	} });
});
function literal(value, params) {
	return new ZodLiteral({
		type: "literal",
		values: Array.isArray(value) ? value : [value],
		...normalizeParams(params)
	});
}
const ZodTransform = /*@__PURE__*/ $constructor("ZodTransform", (inst, def) => {
	_ensureDefaultMemoizer();
	$ZodTransform.init(inst, def);
	ZodType.init(inst, def);
	inst._zod.processJSONSchema = (ctx, json, params) => transformProcessor(inst, ctx, json, params);
	inst._zod.parse = (payload, _ctx) => {
		if (_ctx.direction === "backward") throw new $ZodEncodeError(inst.constructor.name);
		payload.addIssue = (issue$1) => {
			if (typeof issue$1 === "string") payload.issues.push(issue(issue$1, payload.value, def));
			else {
				const _issue = issue$1;
				if (_issue.fatal) _issue.continue = false;
				_issue.code ?? (_issue.code = "custom");
				if (!("input" in _issue)) _issue.input = payload.value;
				_issue.inst ?? (_issue.inst = inst);
				payload.issues.push(issue(_issue));
			}
		};
		const output = def.transform(payload.value, payload);
		if (output instanceof Promise) return output.then((output) => {
			payload.value = output;
			return payload;
		});
		payload.value = output;
		return payload;
	};
});
function transform(fn) {
	return new ZodTransform({
		type: "transform",
		transform: fn
	});
}
const ZodOptional = /*@__PURE__*/ $constructor("ZodOptional", (inst, def) => {
	$ZodOptional.init(inst, def);
	ZodType.init(inst, def);
	inst._zod.processJSONSchema = (ctx, json, params) => optionalProcessor(inst, ctx, json, params);
	inst.unwrap = () => inst._zod.def.innerType;
});
function optional(innerType) {
	return new ZodOptional({
		type: "optional",
		innerType
	});
}
const ZodExactOptional = /*@__PURE__*/ $constructor("ZodExactOptional", (inst, def) => {
	$ZodExactOptional.init(inst, def);
	ZodType.init(inst, def);
	inst._zod.processJSONSchema = (ctx, json, params) => optionalProcessor(inst, ctx, json, params);
	inst.unwrap = () => inst._zod.def.innerType;
});
function exactOptional(innerType) {
	return new ZodExactOptional({
		type: "optional",
		innerType
	});
}
const ZodNullable = /*@__PURE__*/ $constructor("ZodNullable", (inst, def) => {
	$ZodNullable.init(inst, def);
	ZodType.init(inst, def);
	inst._zod.processJSONSchema = (ctx, json, params) => nullableProcessor(inst, ctx, json, params);
	inst.unwrap = () => inst._zod.def.innerType;
});
function nullable(innerType) {
	return new ZodNullable({
		type: "nullable",
		innerType
	});
}
const ZodDefault = /*@__PURE__*/ $constructor("ZodDefault", (inst, def) => {
	$ZodDefault.init(inst, def);
	ZodType.init(inst, def);
	inst._zod.processJSONSchema = (ctx, json, params) => defaultProcessor(inst, ctx, json, params);
	inst.unwrap = () => inst._zod.def.innerType;
	inst.removeDefault = inst.unwrap;
});
function _default(innerType, defaultValue) {
	return new ZodDefault({
		type: "default",
		innerType,
		get defaultValue() {
			return typeof defaultValue === "function" ? defaultValue() : shallowClone(defaultValue);
		}
	});
}
const ZodPrefault = /*@__PURE__*/ $constructor("ZodPrefault", (inst, def) => {
	$ZodPrefault.init(inst, def);
	ZodType.init(inst, def);
	inst._zod.processJSONSchema = (ctx, json, params) => prefaultProcessor(inst, ctx, json, params);
	inst.unwrap = () => inst._zod.def.innerType;
});
function prefault(innerType, defaultValue) {
	return new ZodPrefault({
		type: "prefault",
		innerType,
		get defaultValue() {
			return typeof defaultValue === "function" ? defaultValue() : shallowClone(defaultValue);
		}
	});
}
const ZodNonOptional = /*@__PURE__*/ $constructor("ZodNonOptional", (inst, def) => {
	$ZodNonOptional.init(inst, def);
	ZodType.init(inst, def);
	inst._zod.processJSONSchema = (ctx, json, params) => nonoptionalProcessor(inst, ctx, json, params);
	inst.unwrap = () => inst._zod.def.innerType;
});
function nonoptional(innerType, params) {
	return new ZodNonOptional({
		type: "nonoptional",
		innerType,
		...normalizeParams(params)
	});
}
const ZodCatch = /*@__PURE__*/ $constructor("ZodCatch", (inst, def) => {
	$ZodCatch.init(inst, def);
	ZodType.init(inst, def);
	inst._zod.processJSONSchema = (ctx, json, params) => catchProcessor(inst, ctx, json, params);
	inst.unwrap = () => inst._zod.def.innerType;
	inst.removeCatch = inst.unwrap;
});
function _catch(innerType, catchValue) {
	return new ZodCatch({
		type: "catch",
		innerType,
		catchValue: typeof catchValue === "function" ? catchValue : constantCatch(catchValue)
	});
}
const ZodPipe = /*@__PURE__*/ $constructor("ZodPipe", (inst, def) => {
	$ZodPipe.init(inst, def);
	ZodType.init(inst, def);
	inst._zod.processJSONSchema = (ctx, json, params) => pipeProcessor(inst, ctx, json, params);
	inst.in = def.in;
	inst.out = def.out;
});
function pipe(in_, out) {
	return new ZodPipe({
		type: "pipe",
		in: in_,
		out
	});
}
const ZodReadonly = /*@__PURE__*/ $constructor("ZodReadonly", (inst, def) => {
	$ZodReadonly.init(inst, def);
	ZodType.init(inst, def);
	inst._zod.processJSONSchema = (ctx, json, params) => readonlyProcessor(inst, ctx, json, params);
	inst.unwrap = () => inst._zod.def.innerType;
});
function readonly(innerType) {
	return new ZodReadonly({
		type: "readonly",
		innerType
	});
}
const ZodCustom = /*@__PURE__*/ $constructor("ZodCustom", (inst, def) => {
	$ZodCustom.init(inst, def);
	ZodType.init(inst, def);
	inst._zod.processJSONSchema = (ctx, json, params) => customProcessor(inst, ctx, json, params);
});
function refine(fn, _params = {}) {
	return _refine(ZodCustom, fn, _params);
}
function superRefine(fn, params) {
	return _superRefine(fn, params);
}

// contracts/ledger/csv.ts
/**
* Comma-separated values as RFC 4180 has them, narrowed so that a file can be read line by line and every row
* has one form: lines end with 0x0A, a field never holds a line break, and is quoted only where it must be.
*/
function csvRow(fields) {
	return fields.map(csvField).join();
}
const special = /[",\r\n]/;
function csvField(field) {
	if (!special.test(field)) return field;
	if (/[\r\n]/.test(field)) throw new Error("a field of a table holds no line break");
	return /[",]/.test(field) ? `"${field.replaceAll("\"", "\"\"")}"` : field;
}
/** The fields of one line without its line end; malformed when the row would not print like that. */
function parseCsvRow(line) {
	const fields = [];
	let rest = line;
	for (;;) {
		const match = /^(?:"((?:[^"]|"")*)"|([^",]*))(,|$)/.exec(rest);
		if (match === null) return malformed("not a row of comma-separated values");
		fields.push(match[1] === void 0 ? match[2] : match[1].replaceAll("\"\"", "\""));
		if (match[3] === "") break;
		rest = rest.slice(match[0].length);
	}
	return fields.every((field) => !/[\r\n]/.test(field)) && csvRow(fields) === line ? fields : malformed("a row is not in its one form");
}

// contracts/ledger/export.ts
/**
* The export bundle's own form (LEDGER section 6): file names, the manifest and the columns of its tables.
* Whoever writes a bundle and whoever verifies one share this file.
*/
const manifestFormat = "quanheng-export@1";
/** Every name of a bundle's fixed files. Tiles, consistency proofs and agreements have names of their own. */
const bundleFiles = {
	checkpoint: "checkpoint",
	key: "log.vkey",
	records: "records.jsonl",
	recordsTable: "records.csv",
	disclosures: "disclosures.jsonl",
	book: "book.csv",
	trialBalance: "trial-balance.csv",
	manifest: "manifest.json",
	manifestNote: "manifest.note"
};
const consistencyFile = (from, to) => `consistency/${from}-${to}`;
/** Plain relative names only: no `..`, no hidden files, no absolute or Windows forms, at most 200 characters. */
function isSafePath(path) {
	return path.length <= 200 && /^[A-Za-z0-9_-][A-Za-z0-9._-]*(?:\/[A-Za-z0-9_-][A-Za-z0-9._-]*)*$/.test(path);
}
const position = int().min(0);
const line = string().max(2e3);
const manifestSchema = strictObject({
	format: literal(manifestFormat),
	/** The log's origin. */
	log: string().refine(isOrigin),
	/** The size of the tree of the checkpoint in the bundle. */
	size: position,
	/** The records in the bundle: half-open, positions. */
	range: strictObject({
		from: position,
		to: position
	}),
	/** Null: every record of the range. */
	filter: strictObject({ key: line }).nullable(),
	who: strictObject({
		role: line,
		party: line,
		user: line
	}),
	when: string().refine(isTime),
	why: line,
	files: array(strictObject({
		path: string().refine(isSafePath),
		sha256: string().refine(isHash),
		bytes: position
	}))
});
/** One form, readable by people: one space of indentation, a final newline. Files are sorted by path. */
const formatManifest = (manifest) => `${JSON.stringify(manifest, null, 1)}\n`;
/** Strict: names are safe and sorted, and the text is the one form of what it says. */
function parseManifest(text) {
	let value;
	try {
		value = JSON.parse(text);
	} catch {
		return malformed("not JSON");
	}
	const parsed = manifestSchema.safeParse(value);
	if (!parsed.success) {
		const issue = parsed.error.issues[0];
		return malformed(`${issue?.path.join(".") ?? ""}: ${issue?.message ?? "not valid"}`);
	}
	const manifest = parsed.data;
	const { range, size, files } = manifest;
	if (range.from > range.to || range.to > size) return malformed("the range lies outside of the log");
	if (files.some((file, i) => i > 0 && file.path <= files[i - 1].path)) return malformed("files are not sorted by path, each once");
	return formatManifest(manifest) === text ? manifest : malformed("not in its one form");
}
/** What manifest.note signs: the manifest by its hash. */
const manifestNoteText = (log, manifest, sha256) => `quanheng-export-manifest/v1\n${log}\n${toHex(sha256(utf8(manifest)))}\n`;
const recordColumns = [
	"index",
	"at",
	"occurredAt",
	"type",
	"threads",
	"actor",
	"body",
	"leafHash"
];
/** The row of records.csv: the leaf for people and spreadsheets. `hash` is the leaf hash in hex. */
function recordRow(leaf, hash) {
	return csvRow([
		String(leaf.index),
		leaf.at,
		leaf.occurredAt,
		leaf.type,
		leaf.threads.map(([key, n]) => `${key}#${n}`).join(" "),
		"job" in leaf.actor ? `system:${leaf.actor.job}` : leaf.actor.role,
		encodeBody(leaf.body),
		hash
	]);
}
/**
* The rows of book.csv: one a posting, journals whole. Journals that a record certifies (its `journalHash`) carry
* the record's index and come first, by record, then by source; those that none certifies have an empty `record`
* and follow. `debit` and `credit` are whole minor units, one of the two empty.
*/
const bookColumns = [
	"record",
	"sourceType",
	"sourceId",
	"trade",
	"occurredAt",
	"leg",
	"account",
	"debit",
	"credit",
	"currency"
];
/** trial-balance.csv: sums over book.csv by kind of account (the part before the colon), sorted. */
const trialBalanceColumns = [
	"account",
	"currency",
	"debit",
	"credit"
];

// contracts/ledger/bundle-files.ts
/**
* The bundle's files seen through the signed manifest. Every file is hashed while whoever needs it reads it, so
* that nothing is read twice for its digest; what nobody read is read at the end, by `checkRest`.
*/
var BundleFiles = class {
	bundle;
	crypto;
	failures;
	progress;
	listed = /* @__PURE__ */ new Map();
	unread = /* @__PURE__ */ new Set();
	missing = /* @__PURE__ */ new Set();
	doneBytes = 0;
	totalBytes;
	constructor(bundle, manifest, crypto, failures, progress) {
		this.bundle = bundle;
		this.crypto = crypto;
		this.failures = failures;
		this.progress = progress;
		for (const file of manifest.files) {
			this.listed.set(file.path, file);
			this.unread.add(file.path);
		}
		this.totalBytes = manifest.files.reduce((sum, file) => sum + file.bytes, 0);
	}
	has(path) {
		return this.listed.has(path);
	}
	paths(folder) {
		return [...this.listed.keys()].filter((path) => path.startsWith(`${folder}/`));
	}
	bytesOf(path) {
		return this.listed.get(path)?.bytes ?? 0;
	}
	/** The file's bytes; when it is not there the failure is noted once, and nothing comes. */
	async *stream(path) {
		const file = this.listed.get(path);
		if (file === void 0 || !await this.bundle.has(path)) return this.noteMissing(path);
		const counted = this.unread.has(path);
		const hash = this.crypto.runningSha256();
		let length = 0;
		try {
			for await (const part of this.bundle.stream(path)) {
				length += part.length;
				if (counted) hash.update(part);
				this.advance(counted ? part.length : 0);
				yield part;
				if (length > file.bytes) break;
			}
		} catch (error) {
			if (error instanceof VerificationStop) throw error;
			this.unread.delete(path);
			this.failures.add("bundle_unreadable", {
				file: path,
				detail: reason(error)
			});
			return;
		}
		if (this.unread.delete(path)) this.compare(file, length, toHex(hash.digest()));
	}
	/** A whole small file, or null when it is not there (noted as a failure). */
	async read(path, maxBytes) {
		const bytes = await collect(this.stream(path), path, maxBytes);
		return this.missing.has(path) ? null : bytes;
	}
	noteMissing(path) {
		this.unread.delete(path);
		if (!this.missing.has(path)) this.failures.add("file_missing", { file: path });
		this.missing.add(path);
	}
	advance(bytes) {
		this.doneBytes += bytes;
		this.progress(this.doneBytes, this.totalBytes);
	}
	compare(file, length, digest) {
		if (length !== file.bytes) this.failures.add("file_changed", {
			file: file.path,
			detail: `${length} B`
		});
		else if (digest !== file.sha256) this.failures.add("file_changed", {
			file: file.path,
			detail: `SHA-256 ${digest}`
		});
		if (file.path === `agreements/${file.sha256}` || !file.path.startsWith("agreements/")) return;
		this.failures.add("agreement_wrong", { file: file.path });
	}
	/** Hashes every listed file that was not read yet, and names files that the manifest does not list. */
	async checkRest() {
		for (const path of [...this.unread]) for await (const _ of this.stream(path));
		for await (const path of this.bundle.list()) {
			if (path === bundleFiles.manifest || path === bundleFiles.manifestNote || this.listed.has(path)) continue;
			this.failures.add(isSafePath(path) ? "file_unlisted" : "file_name_unsafe", { file: path });
		}
	}
};
/** A sentence fragment for a report: no line breaks, no stack, not long. */
const reason = (error) => (error instanceof Error ? error.message : "unknown").split("\n")[0]?.slice(0, 200) ?? "";

// contracts/ledger/commitment.ts
const saltBytes = 16;
const domain = utf8("quanheng/commit/v1\n");
/** The same over the canonical text of `[path, value]`, for whoever has that text already. */
function commitmentOfText(sha256, salt, text) {
	if (salt.length !== 16) throw new Error(`a salt is ${16} bytes`);
	return toHex(sha256(concat(domain, salt, utf8(text))));
}
/** The commitment that stands in the leaf at "/actor" or "/body/<name>", or null when there is none. */
function committedAt(leaf, path) {
	if (path === "/actor") return "commit" in leaf.actor ? leaf.actor.commit : null;
	if (!path.startsWith("/body/")) return null;
	const name = path.slice(6).replaceAll("~1", "/").replaceAll("~0", "~");
	const value = Object.hasOwn(leaf.body, name) ? leaf.body[name] : null;
	return isCommitment(value) ? value.commit : null;
}
/**
* Whether the opened value is the one that the leaf committed to. The index is the caller's to match. `text` is
* the canonical text of `[path, value]`, where the caller has it.
*/
function checkDisclosure({ path, salt, value }, leaf, sha256, text = canonicalJson([path, value])) {
	const committed = committedAt(leaf, path);
	if (committed === null) return "no_commitment";
	return commitmentOfText(sha256, fromHex(salt), text) === committed ? "fits" : "mismatch";
}

// contracts/ledger/verify-companions.ts
/** Files that run beside records.jsonl, in the order of its records, and are read in step with it. */
const maxTableLine = 262144;
const maxDisclosureLine = 4194304;
const decoder = new TextDecoder("utf-8", {
	fatal: true,
	ignoreBOM: true
});
const textOf = (bytes) => {
	try {
		return decoder.decode(bytes);
	} catch {
		return null;
	}
};
/** records.csv must say of each record what the record says. */
var RecordTable = class {
	lines;
	failures;
	waiting = null;
	started = false;
	constructor(files, failures) {
		const file = bundleFiles.recordsTable;
		this.lines = files.has(file) ? new LineReader(files.stream(file), file, maxTableLine) : null;
		this.failures = failures;
	}
	async check(leaf, hash) {
		if (this.lines === null) return;
		await this.skipTo(leaf.index);
		if (this.waiting?.index !== leaf.index || this.waiting.text !== recordRow(leaf, hash)) this.fail(leaf.index);
		if (this.waiting?.index === leaf.index) this.waiting = null;
	}
	/** Rows before the record belong to no record; rows of records that this version cannot read are let pass. */
	async skipTo(index, understood = true) {
		for (;;) {
			this.waiting ??= await this.row();
			if (this.waiting === null || this.waiting.index > index) return;
			if (this.waiting.index === index && understood) return;
			if (this.waiting.index < index) this.fail(this.waiting.index);
			this.waiting = null;
		}
	}
	async row() {
		if (!this.started) {
			this.started = true;
			const header = await this.lines?.next();
			if (header && textOf(header) !== recordColumns.join()) this.fail(void 0);
		}
		const line = await this.lines?.next();
		if (!line) return null;
		const text = textOf(line) ?? "";
		const index = /^[0-9]{1,16},/.test(text) ? Number.parseInt(text, 10) : NaN;
		if (Number.isNaN(index)) this.fail(void 0);
		return {
			index: Number.isNaN(index) ? -1 : index,
			text
		};
	}
	async finish() {
		if (this.lines !== null) await this.skipTo(Number.POSITIVE_INFINITY);
	}
	fail(record) {
		const file = bundleFiles.recordsTable;
		this.failures.add("csv_mismatch", record === void 0 || record < 0 ? { file } : {
			file,
			record
		});
	}
};
const saltForm = new RegExp(`^[0-9a-f]{${2 * 16}}$`);
/** One line of disclosures.jsonl, canonical JSON with exactly the members of a disclosure, or why it is none. */
function parseDisclosure(line) {
	const text = textOf(line);
	if (text === null) return "not UTF-8";
	try {
		const made = parseCanonical(text);
		if (!isDisclosure(made)) return "not index, path, salt and value";
		const { index, path, salt } = made;
		const beforeValue = `{"index":${index},"path":${JSON.stringify(path)},"salt":"${salt}","value":`;
		return {
			...made,
			text: `[${JSON.stringify(path)},${text.slice(beforeValue.length, -1)}]`
		};
	} catch (error) {
		if (error instanceof CanonicalJsonError) return error.message;
		throw error;
	}
}
function isDisclosure(made) {
	if (typeof made !== "object" || made === null || Object.keys(made).join() !== "index,path,salt,value") return false;
	const { index, path, salt } = made;
	return typeof index === "number" && index >= 0 && typeof path === "string" && path.length <= 200 && typeof salt === "string" && saltForm.test(salt);
}
/** disclosures.jsonl, sorted by record: each opened value must be the one that its record committed to. */
var OpenedValues = class {
	lines;
	failures;
	sha256;
	waiting = null;
	checked = 0;
	constructor(files, failures, sha256) {
		const file = bundleFiles.disclosures;
		this.lines = files.has(file) ? new LineReader(files.stream(file), file, maxDisclosureLine) : null;
		this.failures = failures;
		this.sha256 = sha256;
	}
	/** The record's opened values that fit, by path ("/body/amount"). */
	async of(leaf) {
		const values = /* @__PURE__ */ new Map();
		await this.skipTo(leaf.index);
		while (this.waiting?.index === leaf.index) {
			const { path, value, text } = this.waiting;
			if (checkDisclosure(this.waiting, leaf, this.sha256, text) === "fits") values.set(path, value);
			else this.fail("disclosure_wrong", leaf.index, path);
			this.checked += 1;
			this.waiting = await this.read();
		}
		return values;
	}
	/** Opened values before the record belong to none, except to one whose version is `notUnderstood`. */
	async skipTo(index, notUnderstood = null) {
		this.waiting ??= await this.read();
		while (this.waiting !== null && this.waiting.index < index) {
			if (this.waiting.index !== notUnderstood) this.fail("disclosure_stray", this.waiting.index, this.waiting.path);
			this.waiting = await this.read();
		}
	}
	async read() {
		for (;;) {
			const line = await this.lines?.next();
			if (!line) return null;
			const disclosure = parseDisclosure(line);
			if (typeof disclosure !== "string") return disclosure;
			this.fail("disclosure_malformed", void 0, disclosure);
		}
	}
	finish() {
		return this.skipTo(Number.POSITIVE_INFINITY);
	}
	fail(code, record, detail) {
		const file = bundleFiles.disclosures;
		this.failures.add(code, record === void 0 ? {
			file,
			detail
		} : {
			file,
			record,
			detail
		});
	}
};

// contracts/ledger/verify-consistency.ts
const maxProofBytes = 11e5;
const maxHashes = 126;
function parseKeptProof(text) {
	const split = text.indexOf("\n\n");
	const [first, ...lines] = text.slice(0, Math.max(split, 0)).split("\n");
	const old = /^old (0|[1-9][0-9]{0,15})$/.exec(first ?? "");
	if (old === null || lines.length > maxHashes) return malformed("it is not a proof");
	try {
		const hashes = lines.map(fromBase64);
		return {
			size: Number(old[1]),
			hashes,
			checkpoint: text.slice(split + 2)
		};
	} catch {
		return malformed("it holds something that is not base64");
	}
}
/** Each proof that the bundle carries from an earlier export must hold. */
async function checkKeptProofs(input) {
	for (const file of input.files.paths("consistency")) {
		const bytes = await input.files.read(file, maxProofBytes);
		if (bytes === null) continue;
		const problem = problemOfProof(textOf(bytes) ?? "", file, input);
		if (problem !== null) input.failures.add("consistency_wrong", {
			file,
			detail: problem
		});
	}
}
function problemOfProof(text, file, input) {
	const { checkpoint, keys, crypto } = input;
	const proof = parseKeptProof(text);
	if (isMalformed(proof)) return proof.malformed;
	const old = readCheckpoint(proof.checkpoint);
	if (isMalformed(old)) return old.malformed;
	const before = old.unverifiedCheckpoint;
	if (proof.size !== before.size || file !== consistencyFile(before.size, checkpoint.size)) return "its sizes differ";
	if (before.origin !== checkpoint.origin) return "it is of another log";
	if (checkHeadSignature(old, keys, crypto.verifyEd25519) !== "signed") return "its checkpoint is not signed by the key";
	return verifyConsistency(proof.hashes, before, checkpoint, crypto.sha256) ? null : "the log does not continue it";
}
/** Shows that the log continues the checkpoint that the reader kept; answers its size when it does. */
async function checkSince(input, kept) {
	const { checkpoint, keys, tree, failures, crypto } = input;
	const head = readCheckpoint(kept);
	if (isMalformed(head)) return noProof(failures, "since_malformed", head.malformed);
	const old = head.unverifiedCheckpoint;
	if (old.origin !== checkpoint.origin) return noProof(failures, "since_other_log", old.origin);
	if (checkHeadSignature(head, keys, crypto.verifyEd25519) !== "signed") return noProof(failures, "since_signature_bad", "");
	if (old.size > checkpoint.size) return noProof(failures, "since_newer", `${old.size}, ${checkpoint.size}`);
	const proof = await proofInBundle(input, old.size) ?? await tree.consistencyFrom(old.size);
	if (proof === null) return noProof(failures, "since_not_provable", `${old.size}`);
	if (verifyConsistency(proof, old, checkpoint, crypto.sha256)) return old.size;
	return noProof(failures, "since_inconsistent", "");
}
function noProof(failures, code, detail) {
	failures.add(code, { detail });
	return null;
}
async function proofInBundle({ checkpoint, files }, size) {
	const path = consistencyFile(size, checkpoint.size);
	const bytes = files.has(path) ? await files.read(path, maxProofBytes) : null;
	const proof = bytes === null ? null : parseKeptProof(textOf(bytes) ?? "");
	if (isMalformed(proof)) throw new VerificationStop("consistency_wrong", {
		file: path,
		detail: proof.malformed
	});
	return proof?.hashes ?? null;
}

// contracts/payment.ts
/** The two ways money is held (MONEY §2): a card through the provider, or a bank transfer that the operator confirms. */
const rails = ["card", "bank"];

// contracts/money.ts
/**
* Money is a whole number of the currency's minor unit as a decimal string, with the currency beside it:
* `{ minor: "12345", currency: "CNY" }` is 123.45 yuan. One form in rows, leaves and on the wire; arithmetic
* is bigint. Never a float, never `* 100`.
*/
const currencies = {
	CNY: { decimals: 2 },
	USD: { decimals: 2 },
	EUR: { decimals: 2 },
	HKD: { decimals: 2 },
	JPY: { decimals: 0 },
	KWD: { decimals: 3 }
};
const currency = _enum(Object.keys(currencies));
/** Up to 15 digits, so that every sum of a market fits a PostgreSQL bigint. No sign: amounts are not negative. */
const money = strictObject({
	minor: string().regex(/^(0|[1-9]\d{0,14})$/),
	currency
});
const isCurrency = (text) => Object.hasOwn(currencies, text);
const minorOf = (amount) => BigInt(amount.minor);

// contracts/trade.ts
/**
* One purchase, from proposal to settlement (DESIGN §6). The table is the only place that says which step may
* follow which; `frozen` stands beside it and stops every outgoing step and deadline.
*/
const tradeStates = [
	"proposed",
	"agreed",
	"funding",
	"funded",
	"delivered",
	"accepted",
	"disputed",
	"resolved",
	"settled",
	"refunded",
	"cancelled",
	"expired"
];
const tradeTransitions = {
	proposed: {
		confirm: "proposed",
		agree: "agreed",
		cancel: "cancelled",
		expire: "expired"
	},
	agreed: {
		startFunding: "funding",
		deliver: "delivered",
		cancel: "cancelled",
		expire: "expired"
	},
	funding: {
		retryFunding: "agreed",
		fund: "funded",
		cancel: "cancelled",
		expire: "expired"
	},
	funded: {
		deliver: "delivered",
		undelivered: "resolved"
	},
	delivered: {
		accept: "accepted",
		dispute: "disputed"
	},
	accepted: { settle: "settled" },
	disputed: { resolve: "resolved" },
	resolved: {
		settle: "settled",
		refund: "refunded"
	},
	settled: {},
	refunded: {},
	cancelled: {},
	expired: {}
};
const sides = ["buyer", "seller"];
const splitInput = strictObject({
	release: money,
	refund: money
});

// contracts/ledger/fact.ts
/**
* The closed list of certified facts. Each type says which members of its body stand in clear and which are
* confidential: those appear in the leaf as `{"commit": "<hex>"}` and are opened only to who is entitled
* (LEDGER §3). What stands in clear must not tell a rival who trades with whom, for how much, or which listing
* sells: types, times, random ids, state names, hashes. A change to a body is a new version (`…@2`); a type
* that was once sealed is never removed.
*/
const hash = string().regex(/^[0-9a-f]{64}$/);
const code = string().regex(/^[a-zA-Z][a-zA-Z0-9_.-]{0,63}$/);
const count = int().min(0);
const id = string().regex(/^[a-z]{3}_[0-9a-z]{26}$/);
const time = string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
const tradeState = _enum(tradeStates);
const side = _enum(sides);
const rail = _enum(rails);
/** Every fact of a noun names the noun's new version, so that none can be missing or doubled unseen. */
const version = int().min(1);
const none = [];
const trade = (shape) => strictObject({
	version,
	state: tradeState,
	...shape
});
const noun = (shape) => strictObject({
	version,
	...shape
});
const factTypes = {
	"party.registered@1": {
		clear: noun({ roles: array(code) }),
		secret: [
			"name",
			"country",
			"identifier"
		]
	},
	"party.corrected@1": {
		clear: noun({ fields: array(code) }),
		secret: [
			"name",
			"country",
			"identifier",
			"authorisedPerson"
		]
	},
	"party.submitted@1": {
		clear: noun({}),
		secret: ["identifier", "authorisedPerson"]
	},
	"party.verified@1": {
		clear: noun({ method: code }),
		secret: [
			"name",
			"identifier",
			"authorisedPerson",
			"evidence"
		]
	},
	"party.rejected@1": {
		clear: noun({ reason: code }),
		secret: ["note"]
	},
	"party.frozen@1": {
		clear: noun({ freeze: id }),
		secret: none
	},
	"party.unfrozen@1": {
		clear: noun({ freeze: id }),
		secret: none
	},
	"party.updated@1": {
		clear: noun({ fields: array(code) }),
		secret: ["bankAccount", "payee"]
	},
	"party.appointed@1": {
		clear: noun({ roles: array(code) }),
		secret: none
	},
	"registration.submitted@1": {
		clear: noun({
			versionHash: hash,
			termsHash: hash
		}),
		secret: none
	},
	"registration.approved@1": {
		clear: noun({
			versionHash: hash,
			number: string()
		}),
		secret: none
	},
	"registration.rejected@1": {
		clear: noun({
			versionHash: hash,
			reason: code
		}),
		secret: ["note"]
	},
	"listing.published@1": {
		clear: noun({
			registration: id,
			versionHash: hash,
			policyHash: hash,
			termsHash: hash
		}),
		secret: none
	},
	"listing.withdrawn@1": {
		clear: noun({ reason: code }),
		secret: none
	},
	"listing.frozen@1": {
		clear: noun({ freeze: id }),
		secret: none
	},
	"listing.unfrozen@1": {
		clear: noun({ freeze: id }),
		secret: none
	},
	"request.posted@1": {
		clear: noun({ deadline: time }),
		secret: ["request"]
	},
	"request.closed@1": {
		clear: noun({ reason: code }),
		secret: none
	},
	"round.ranked@1": {
		clear: noun({
			request: id,
			rules: code,
			inputsHash: hash,
			resultHash: hash,
			candidates: count
		}),
		secret: none
	},
	"trade.proposed@1": {
		clear: trade({ deadline: time.nullable() }),
		secret: [
			"buyer",
			"seller",
			"listing",
			"price"
		]
	},
	"trade.confirmed@1": {
		clear: trade({
			side,
			agreementHash: hash,
			method: code
		}),
		secret: ["user"]
	},
	"trade.agreed@1": {
		clear: trade({
			side,
			agreementHash: hash,
			method: code,
			standing: boolean()
		}),
		secret: ["user"]
	},
	"trade.cancelled@1": {
		clear: trade({
			side,
			reason: code
		}),
		secret: none
	},
	"trade.expired@1": {
		clear: trade({ from: tradeState }),
		secret: none
	},
	"trade.funding@1": {
		clear: trade({
			payment: id,
			rail
		}),
		secret: none
	},
	"trade.unfunded@1": {
		clear: trade({
			payment: id,
			reason: code
		}),
		secret: none
	},
	"trade.funded@1": {
		clear: trade({ payment: id }),
		secret: none
	},
	"trade.delivered@1": {
		clear: trade({
			grant: id,
			versionHash: hash,
			measuredHash: hash,
			check: _enum(["same", "different"])
		}),
		secret: none
	},
	"trade.accepted@1": {
		clear: trade({ by: _enum(["buyer", "silence"]) }),
		secret: none
	},
	"trade.disputed@1": {
		clear: trade({ reason: code }),
		secret: ["statement"]
	},
	"trade.resolved@1": {
		clear: trade({ reason: _enum([
			"dispute",
			"undelivered",
			"disputeUnanswered"
		]) }),
		secret: [
			"release",
			"refund",
			"note"
		]
	},
	"trade.settled@1": {
		clear: trade({ payment: id.nullable() }),
		secret: none
	},
	"trade.refunded@1": {
		clear: trade({ payment: id.nullable() }),
		secret: none
	},
	"trade.frozen@1": {
		clear: trade({ freeze: id }),
		secret: none
	},
	"trade.unfrozen@1": {
		clear: trade({
			freeze: id,
			deadline: time.nullable()
		}),
		secret: none
	},
	"payment.started@1": {
		clear: noun({
			trade: id,
			rail
		}),
		secret: ["amount"]
	},
	"payment.failed@1": {
		clear: noun({
			trade: id,
			reason: code
		}),
		secret: none
	},
	"payment.held@1": {
		clear: noun({
			trade: id,
			rail,
			journalHash: hash
		}),
		secret: ["amount"]
	},
	"payment.parted@1": {
		clear: noun({
			trade: id,
			journalHash: hash
		}),
		secret: [
			"release",
			"fee",
			"refund"
		]
	},
	"payment.released@1": {
		clear: noun({
			trade: id,
			journalHash: hash
		}),
		secret: ["amount", "reference"]
	},
	"payment.refunded@1": {
		clear: noun({
			trade: id,
			journalHash: hash
		}),
		secret: ["amount", "reference"]
	},
	"grant.issued@1": {
		clear: noun({
			trade: id,
			versionHash: hash,
			expires: time
		}),
		secret: none
	},
	"grant.fetched@1": {
		clear: noun({
			trade: id,
			sha256: hash
		}),
		secret: ["user"]
	},
	"grant.revoked@1": {
		clear: noun({
			trade: id,
			reason: code
		}),
		secret: none
	},
	"freeze.imposed@1": {
		clear: noun({
			scope: _enum([
				"trade",
				"listing",
				"party"
			]),
			reason: code,
			expires: time
		}),
		secret: [
			"document",
			"target",
			"note"
		]
	},
	"freeze.lifted@1": {
		clear: noun({
			scope: _enum([
				"trade",
				"listing",
				"party"
			]),
			by: _enum(["order", "expiry"])
		}),
		secret: ["document"]
	},
	"audit.exported@1": {
		clear: noun({
			from: count,
			to: count,
			size: count,
			manifestHash: hash
		}),
		secret: ["reason"]
	},
	"audit.opened@1": {
		clear: noun({
			purpose: code,
			values: count
		}),
		secret: ["records"]
	}
};
const isFactType = (text) => Object.hasOwn(factTypes, text);

// contracts/ledger/fact-body.ts
/**
* The member of a leaf's body that is wrong for its type, or null when all is right: the clear members must fit the type's schema, every
* confidential member must be there, as a commitment, and there are no others.
*/
function problemOfBody(type, body) {
	const { clear, secret } = factTypes[type];
	const members = { ...body };
	for (const name of secret) {
		if (!isCommitment(members[name])) return name;
		delete members[name];
	}
	const parsed = clear.safeParse(members);
	if (parsed.success) return null;
	const [issue] = parsed.error.issues;
	return (issue?.code === "unrecognized_keys" ? issue.keys : issue?.path)?.join(".") ?? "body";
}

// contracts/transition.ts
/** The next state, or null where the table has no such step. */
function nextState(table, from, step) {
	return table[from]?.[step] ?? null;
}
/** The steps that a state allows, in the table's order. */
function stepsFrom(table, from) {
	return Object.keys(table[from]);
}
/** A final state has no step out. */
const isFinal = (table, state) => stepsFrom(table, state).length === 0;

// node_modules/@noble/hashes/_u64.js
const fromNumH = (n) => n / 2 ** 32 | 0;
const fromNumL = (n) => n >>> 0;
function setU64FromNum(view, byteOffset, n, isLE) {
	const h = fromNumH(n);
	const l = fromNumL(n);
	view.setUint32(byteOffset, isLE ? l : h, isLE);
	view.setUint32(byteOffset + 4, isLE ? h : l, isLE);
}

// node_modules/@noble/hashes/utils.js
/**
* Checks if something is Uint8Array. Be careful: nodejs Buffer will return true.
* @param a - value to test
* @returns `true` when the value is a Uint8Array-compatible view.
* @example
* Check whether a value is a Uint8Array-compatible view.
* ```ts
* isBytes(new Uint8Array([1, 2, 3]));
* ```
*/
function isBytes(a) {
	return a instanceof Uint8Array || ArrayBuffer.isView(a) && a.constructor.name === "Uint8Array" && "BYTES_PER_ELEMENT" in a && a.BYTES_PER_ELEMENT === 1;
}
const atitle = (title) => title ? `"${title}" ` : "";
/**
* Asserts something is a non-negative integer.
* @param n - number to validate
* @param title - label included in thrown errors
* @returns The validated number.
* @throws On wrong argument types. {@link TypeError}
* @throws On wrong argument ranges or values. {@link RangeError}
* @example
* Validate a non-negative integer option.
* ```ts
* anumber(32, 'length');
* ```
*/
function anumber(n, title = "") {
	if (typeof n !== "number") throw new TypeError(atitle(title) + "expected number, got " + typeof n);
	if (!Number.isSafeInteger(n) || n < 0) throw new RangeError(atitle(title) + "expected integer >= 0, got " + n);
	return n;
}
/**
* Asserts something is Uint8Array.
* @param value - value to validate
* @param length - optional exact length constraint
* @param title - label included in thrown errors
* @returns The validated byte array.
* @throws On wrong argument types. {@link TypeError}
* @throws On wrong argument ranges or values. {@link RangeError}
* @example
* Validate that a value is a byte array.
* ```ts
* abytes(new Uint8Array([1, 2, 3]));
* ```
*/
function abytes(value, length, title = "") {
	if (isBytes(value) && (length === void 0 || value.length === length)) return value;
	if (length !== void 0) anumber(length, "length");
	const bytes = isBytes(value);
	const ofLen = length !== void 0 ? ` of length ${length}` : "";
	const got = bytes ? `length=${value.length}` : `type=${typeof value}`;
	const message = atitle(title) + "expected Uint8Array" + ofLen + ", got " + got;
	if (!bytes) throw new TypeError(message);
	throw new RangeError(message);
}
const aobject = (value, label) => {
	if (value === null || typeof value !== "object" || Array.isArray(value)) throw new TypeError((label === "object" ? "" : `"${label}" `) + "expected object, got type=" + typeof value);
};
const aopts = (value, label) => {
	aobject(value, label);
	const proto = Object.getPrototypeOf(value);
	if (proto !== Object.prototype && proto !== null) throw new TypeError(`"${label}" expected plain object`);
	if (Object.hasOwn(value, "__proto__")) throw new TypeError(`"${label}.__proto__" is not allowed`);
};
/**
* Asserts a hash instance has not been destroyed or finished.
* @param instance - hash instance to validate
* @param checkFinished - whether to reject finalized instances
* @throws If the hash instance has already been destroyed or finalized. {@link Error}
* @example
* Validate that a hash instance is still usable.
* ```ts
* import { aexists } from '@noble/hashes/utils.js';
* import { sha256 } from '@noble/hashes/sha2.js';
* const hash = sha256.create();
* aexists(hash);
* ```
*/
function aexists(instance, checkFinished = true) {
	if (instance.destroyed) throw new Error("hash was destroyed");
	if (checkFinished && instance.finished) throw new Error("digest() was already called");
}
/**
* Asserts output is a sufficiently-sized byte array.
* @param out - destination buffer
* @param instance - hash instance providing output length
* Oversized buffers are allowed; downstream code only promises to fill the first `outputLen` bytes.
* @throws On wrong argument types. {@link TypeError}
* @throws On wrong argument ranges or values. {@link RangeError}
* @example
* Validate a caller-provided digest buffer.
* ```ts
* import { aoutput } from '@noble/hashes/utils.js';
* import { sha256 } from '@noble/hashes/sha2.js';
* const hash = sha256.create();
* aoutput(new Uint8Array(hash.outputLen), hash);
* ```
*/
function aoutput(out, instance) {
	abytes(out, void 0, "output");
	const min = instance.outputLen;
	if (!(out.length >= min)) throw new RangeError("\"output\" expected length >= " + min);
}
/**
* Zeroizes typed arrays in place. Warning: JS provides no guarantees.
* @param arrays - arrays to overwrite with zeros
* @example
* Zeroize sensitive buffers in place.
* ```ts
* clean(new Uint8Array([1, 2, 3]));
* ```
*/
function clean(...arrays) {
	for (let i = 0; i < arrays.length; i++) arrays[i].fill(0);
}
/**
* Creates a DataView for byte-level manipulation.
* @param arr - source typed array
* @returns DataView over the same buffer region.
* @example
* Create a DataView over an existing buffer.
* ```ts
* createView(new Uint8Array(4));
* ```
*/
function createView(arr) {
	return new DataView(arr.buffer, arr.byteOffset, arr.byteLength);
}
/**
* Rotate-right operation for uint32 values.
* @param word - source word
* @param shift - shift amount in bits
* @returns Rotated word.
* @example
* Rotate a 32-bit word to the right.
* ```ts
* rotr(0x12345678, 8);
* ```
*/
function rotr(word, shift) {
	return word << 32 - shift | word >>> shift;
}
/**
* Merges default options and passed options.
* @param defaults - base option object
* @param opts - user overrides
* @param title - label included in thrown override errors
* @returns Fresh merged option object with a null prototype.
* @throws On wrong argument types. {@link TypeError}
* @example
* Merge user overrides onto default options.
* ```ts
* checkOpts({ dkLen: 32 }, { asyncTick: 10 });
* ```
*/
function checkOpts(defaults, opts, title = "opts") {
	aopts(defaults, "defaults");
	if (opts !== void 0) aopts(opts, title);
	return Object.assign(Object.create(null), defaults, opts);
}
/**
* Creates a callable hash function from a stateful class constructor.
* @param hashCons - hash constructor or factory
* @param info - optional metadata such as DER OID
* @returns Frozen callable hash wrapper with `.create()`.
*   Wrapper construction eagerly calls `hashCons(undefined)` once to read
*   `outputLen` / `blockLen`, so constructor side effects happen at module
*   init time.
* @throws On wrong argument types. {@link TypeError}
* @example
* Wrap a stateful hash constructor into a callable helper.
* ```ts
* import { createHasher } from '@noble/hashes/utils.js';
* import { sha256 } from '@noble/hashes/sha2.js';
* const wrapped = createHasher(sha256.create, { oid: sha256.oid });
* wrapped(new Uint8Array([1]));
* ```
*/
function createHasher(hashCons, info = {}) {
	if (typeof hashCons !== "function") throw new TypeError("\"hashCons\" expected function, got type=" + typeof hashCons);
	info = checkOpts({}, info, "info");
	const hashC = (msg, opts) => hashCons(opts).update(msg).digest();
	const tmp = hashCons(void 0);
	hashC.outputLen = tmp.outputLen;
	hashC.blockLen = tmp.blockLen;
	hashC.canXOF = tmp.canXOF;
	hashC.create = (opts) => hashCons(opts);
	Object.assign(hashC, info);
	return Object.freeze(hashC);
}
/**
* Creates OID metadata for NIST hashes with prefix `06 09 60 86 48 01 65 03 04 02`.
* @param suffix - final OID byte for the selected hash.
*   The helper accepts any byte even though only the documented NIST hash
*   suffixes are meaningful downstream.
* @returns Object containing the DER-encoded OID.
* @example
* Build OID metadata for a NIST hash.
* ```ts
* oidNist(0x01);
* ```
*/
const oidNist = (suffix) => ({ oid: Uint8Array.from([
	6,
	9,
	96,
	134,
	72,
	1,
	101,
	3,
	4,
	2,
	suffix
]) });

// node_modules/@noble/hashes/_md.js
/**
* Internal Merkle-Damgard hash utils.
* @module
*/
/**
* Shared 32-bit conditional boolean primitive reused by SHA-256, SHA-1, and MD5 `F`.
* Returns bits from `b` when `a` is set, otherwise from `c`.
* The XOR form is equivalent to MD5's `F(X,Y,Z) = XY v not(X)Z` because the masked terms never
* set the same bit.
* @param a - selector word
* @param b - word chosen when selector bit is set
* @param c - word chosen when selector bit is clear
* @returns Mixed 32-bit word.
* @example
* Combine three words with the shared 32-bit choice primitive.
* ```ts
* Chi(0xffffffff, 0x12345678, 0x87654321);
* ```
*/
function Chi(a, b, c) {
	return a & b ^ ~a & c;
}
/**
* Shared 32-bit majority primitive reused by SHA-256 and SHA-1.
* Returns bits shared by at least two inputs.
* @param a - first input word
* @param b - second input word
* @param c - third input word
* @returns Mixed 32-bit word.
* @example
* Combine three words with the shared 32-bit majority primitive.
* ```ts
* Maj(0xffffffff, 0x12345678, 0x87654321);
* ```
*/
function Maj(a, b, c) {
	return a & b ^ a & c ^ b & c;
}
/**
* Merkle-Damgard hash construction base class.
* Could be used to create MD5, RIPEMD, SHA1, SHA2.
* Accepts only byte-aligned `Uint8Array` input, even when the underlying spec describes bit
* strings with partial-byte tails.
* @param blockLen - internal block size in bytes
* @param outputLen - digest size in bytes
* @param padOffset - trailing length field size in bytes
* @param isLE - whether length and state words are encoded in little-endian
* @example
* Use a concrete subclass to get the shared Merkle-Damgard update/digest flow.
* ```ts
* import { _SHA1 } from '@noble/hashes/legacy.js';
* const hash = new _SHA1();
* hash.update(new Uint8Array([97, 98, 99]));
* hash.digest();
* ```
*/
var HashMD = class {
	blockLen;
	outputLen;
	canXOF = false;
	padOffset;
	isLE;
	buffer;
	view;
	finished = false;
	length = 0;
	pos = 0;
	destroyed = false;
	constructor(blockLen, outputLen, padOffset, isLE) {
		this.blockLen = blockLen;
		this.outputLen = outputLen;
		this.padOffset = padOffset;
		this.isLE = isLE;
		this.buffer = new Uint8Array(blockLen);
		this.view = createView(this.buffer);
	}
	update(data) {
		aexists(this);
		abytes(data);
		const { view, buffer, blockLen } = this;
		const len = data.length;
		let processed = false;
		for (let pos = 0; pos < len;) {
			const take = Math.min(blockLen - this.pos, len - pos);
			if (take === blockLen) {
				const dataView = createView(data);
				for (; blockLen <= len - pos; pos += blockLen) this.process(dataView, pos);
				processed = true;
				continue;
			}
			buffer.set(pos === 0 && take === len ? data : data.subarray(pos, pos + take), this.pos);
			this.pos += take;
			pos += take;
			if (this.pos === blockLen) {
				this.process(view, 0);
				this.pos = 0;
				processed = true;
			}
		}
		this.length += data.length;
		if (processed) this.roundClean();
		return this;
	}
	digestInto(out) {
		aexists(this);
		aoutput(out, this);
		this.finished = true;
		const { buffer, view, blockLen, isLE } = this;
		let { pos } = this;
		buffer[pos++] = 128;
		buffer.fill(0, pos);
		if (this.padOffset > blockLen - pos) {
			this.process(view, 0);
			buffer.fill(0);
		}
		setU64FromNum(view, blockLen - 8, this.length * 8, isLE);
		this.process(view, 0);
		this.roundClean();
		const oview = out === buffer ? view : createView(out);
		const len = this.outputLen;
		const outLen = len / 4;
		const state = this.get();
		if (len % 4 || outLen > state.length) throw new Error("invalid outputLen");
		for (let i = 0; i < outLen; i++) oview.setUint32(4 * i, state[i], isLE);
	}
	digest() {
		const { buffer, outputLen } = this;
		this.digestInto(buffer);
		const res = buffer.slice(0, outputLen);
		this.destroy();
		return res;
	}
	_cloneIntoMeta(to) {
		const { buffer, length, finished, destroyed, pos } = this;
		to.destroyed = destroyed;
		to.finished = finished;
		to.length = length;
		to.pos = pos;
		if (pos) to.buffer.set(buffer);
		return to;
	}
	clone() {
		return this._cloneInto();
	}
};
/**
* Initial SHA-2 state: fractional parts of square roots of first 16 primes 2..53.
* Check out `test/misc/sha2-gen-iv.js` for recomputation guide.
*/
/** Initial SHA256 state from RFC 6234 §6.1: the first 32 bits of the fractional parts of the
* square roots of the first eight prime numbers. Exported as a shared table; callers must treat
* it as read-only because constructors copy words from it by index. */
const SHA256_IV = /* @__PURE__ */ Uint32Array.from([
	1779033703,
	3144134277,
	1013904242,
	2773480762,
	1359893119,
	2600822924,
	528734635,
	1541459225
]);

// node_modules/@noble/hashes/sha2.js
/**
* SHA2 hash function. A.k.a. sha256, sha384, sha512, sha512_224, sha512_256.
* SHA256 is the fastest hash implementable in JS, even faster than Blake3.
* Check out {@link https://www.rfc-editor.org/rfc/rfc4634 | RFC 4634} and
* {@link https://nvlpubs.nist.gov/nistpubs/FIPS/NIST.FIPS.180-4.pdf | FIPS 180-4}.
* @module
*/
/**
* SHA-224 / SHA-256 round constants from RFC 6234 §5.1: the first 32 bits
* of the cube roots of the first 64 primes (2..311).
*/
const SHA256_K = /* @__PURE__ */ Uint32Array.from([
	1116352408,
	1899447441,
	3049323471,
	3921009573,
	961987163,
	1508970993,
	2453635748,
	2870763221,
	3624381080,
	310598401,
	607225278,
	1426881987,
	1925078388,
	2162078206,
	2614888103,
	3248222580,
	3835390401,
	4022224774,
	264347078,
	604807628,
	770255983,
	1249150122,
	1555081692,
	1996064986,
	2554220882,
	2821834349,
	2952996808,
	3210313671,
	3336571891,
	3584528711,
	113926993,
	338241895,
	666307205,
	773529912,
	1294757372,
	1396182291,
	1695183700,
	1986661051,
	2177026350,
	2456956037,
	2730485921,
	2820302411,
	3259730800,
	3345764771,
	3516065817,
	3600352804,
	4094571909,
	275423344,
	430227734,
	506948616,
	659060556,
	883997877,
	958139571,
	1322822218,
	1537002063,
	1747873779,
	1955562222,
	2024104815,
	2227730452,
	2361852424,
	2428436474,
	2756734187,
	3204031479,
	3329325298
]);
/** Reusable SHA-224 / SHA-256 message schedule buffer `W_t` from RFC 6234 §6.2 step 1. */
const SHA256_W = /* @__PURE__ */ new Uint32Array(64);
/** Internal SHA-224 / SHA-256 compression engine from RFC 6234 §6.2. */
var SHA2_32B = class extends HashMD {
	A = 0;
	B = 0;
	C = 0;
	D = 0;
	E = 0;
	F = 0;
	G = 0;
	H = 0;
	constructor(outputLen, IV) {
		super(64, outputLen, 8, false);
		this.A = IV[0] | 0;
		this.B = IV[1] | 0;
		this.C = IV[2] | 0;
		this.D = IV[3] | 0;
		this.E = IV[4] | 0;
		this.F = IV[5] | 0;
		this.G = IV[6] | 0;
		this.H = IV[7] | 0;
	}
	get() {
		const { A, B, C, D, E, F, G, H } = this;
		return [
			A,
			B,
			C,
			D,
			E,
			F,
			G,
			H
		];
	}
	set(A, B, C, D, E, F, G, H) {
		this.A = A | 0;
		this.B = B | 0;
		this.C = C | 0;
		this.D = D | 0;
		this.E = E | 0;
		this.F = F | 0;
		this.G = G | 0;
		this.H = H | 0;
	}
	_cloneInto(to) {
		(to ||= new this.constructor()).set(...this.get());
		return this._cloneIntoMeta(to);
	}
	process(view, offset) {
		for (let i = 0; i < 16; i++, offset += 4) SHA256_W[i] = view.getUint32(offset, false);
		for (let i = 16; i < 64; i++) {
			const W15 = SHA256_W[i - 15];
			const W2 = SHA256_W[i - 2];
			const s0 = rotr(W15, 7) ^ rotr(W15, 18) ^ W15 >>> 3;
			const s1 = rotr(W2, 17) ^ rotr(W2, 19) ^ W2 >>> 10;
			SHA256_W[i] = s1 + SHA256_W[i - 7] + s0 + SHA256_W[i - 16] | 0;
		}
		let { A, B, C, D, E, F, G, H } = this;
		for (let i = 0; i < 64; i++) {
			const sigma1 = rotr(E, 6) ^ rotr(E, 11) ^ rotr(E, 25);
			const T1 = H + sigma1 + Chi(E, F, G) + SHA256_K[i] + SHA256_W[i] | 0;
			const T2 = (rotr(A, 2) ^ rotr(A, 13) ^ rotr(A, 22)) + Maj(A, B, C) | 0;
			H = G;
			G = F;
			F = E;
			E = D + T1 | 0;
			D = C;
			C = B;
			B = A;
			A = T1 + T2 | 0;
		}
		A = A + this.A | 0;
		B = B + this.B | 0;
		C = C + this.C | 0;
		D = D + this.D | 0;
		E = E + this.E | 0;
		F = F + this.F | 0;
		G = G + this.G | 0;
		H = H + this.H | 0;
		this.set(A, B, C, D, E, F, G, H);
	}
	roundClean() {
		clean(SHA256_W);
	}
	destroy() {
		this.destroyed = true;
		this.set(0, 0, 0, 0, 0, 0, 0, 0);
		clean(this.buffer);
	}
};
/** Internal SHA-256 hash class grounded in RFC 6234 §6.2. */
var _SHA256 = class extends SHA2_32B {
	constructor() {
		super(32, SHA256_IV);
	}
};
/**
* SHA2-256 hash function from RFC 4634. In JS it's the fastest: even faster than Blake3. Some info:
*
* - Trying 2^128 hashes would get 50% chance of collision, using birthday attack.
* - BTC network is doing 2^70 hashes/sec (2^95 hashes/year) as per 2025.
* - Each sha256 hash is executing 2^18 bit operations.
* - Good 2024 ASICs can do 200Th/sec with 3500 watts of power, corresponding to 2^36 hashes/joule.
* @param msg - message bytes to hash
* @param opts - Reserved hash options.
* @returns Digest bytes.
* @example
* Hash a message with SHA2-256.
* ```ts
* sha256(new Uint8Array([97, 98, 99]));
* ```
*/
const sha256$1 = /* @__PURE__ */ createHasher(() => new _SHA256(), /* @__PURE__ */ oidNist(1));

// contracts/escrow.ts
/**
* The book's accounts (MONEY §4). Those with an owner carry its id after a colon: `held:trd_…`.
*/
const accountKinds = {
	provider_pending: "asset",
	provider_available: "asset",
	bank: "asset",
	dispute_withdrawn: "asset",
	seller_receivable: "asset",
	held: "liability",
	seller_payable: "liability",
	refund_payable: "liability",
	tax_payable: "liability",
	buyer_credit: "liability",
	suspense: "liability",
	platform_capital: "equity",
	platform_fee: "income",
	provider_fees: "expense",
	dispute_fees: "expense",
	chargeback_loss: "expense",
	bad_debt: "expense"
};
const accountKind = (account) => account.split(":")[0];
/** Debit positive, credit negative. */
const signed = (posting) => "debit" in posting ? minorOf(posting.debit) : -minorOf(posting.credit);
const postingMoney = (posting) => "debit" in posting ? posting.debit : posting.credit;
/** True when debits equal credits in each currency. */
function balanced(journal) {
	const sums = /* @__PURE__ */ new Map();
	for (const posting of journal.postings) {
		const { currency } = postingMoney(posting);
		sums.set(currency, (sums.get(currency) ?? 0n) + signed(posting));
	}
	return journal.postings.length > 0 && [...sums.values()].every((sum) => sum === 0n);
}
/**
* SHA-256, hex, of the journal as lines `source type,source id`, then `leg,account,signed minor,currency` for
* each posting in order, each ended by 0x0A: what a reader of book.csv can rebuild from its rows.
*/
function journalHash(journal) {
	const lines = [`${journal.source.type},${journal.source.id}`];
	journal.postings.forEach((posting, i) => {
		lines.push(`${i + 1},${posting.account},${signed(posting)},${postingMoney(posting).currency}`);
	});
	return toHex(sha256$1(utf8(`${lines.join("\n")}\n`)));
}

// contracts/ledger/replay-payment.ts
/** Which states each payment fact may follow; each leg is paid out at most once. */
const follows = {
	"payment.held@1": ["started", "failed"],
	"payment.failed@1": ["started"],
	"payment.parted@1": ["held"],
	"payment.released@1": ["parting"],
	"payment.refunded@1": ["parting"]
};
const stateAfter = {
	"payment.started@1": "started",
	"payment.held@1": "held",
	"payment.failed@1": "failed",
	"payment.parted@1": "parting",
	"payment.released@1": "parting",
	"payment.refunded@1": "parting"
};
/** Replays payments: their steps, the amounts against their journals, and the held funds of each trade. */
var PaymentReplay = class {
	failures;
	payments = /* @__PURE__ */ new Map();
	/** The balance of each `held:<trade>` account and currency; null where the opening balance is not known. */
	heldFunds = /* @__PURE__ */ new Map();
	assumeUnseen;
	constructor(failures, assumeUnseen) {
		this.failures = failures;
		this.assumeUnseen = assumeUnseen;
	}
	forget(keys) {
		this.assumeUnseen = true;
		this.heldFunds.clear();
		if (keys === null) this.payments.clear();
		else for (const key of keys) this.payments.set(key, null);
	}
	step(leaf, key, fact, values, journal) {
		const type = fact.type;
		const before = this.payments.get(key);
		if (!this.mayFollow(type, before)) this.failures.add("payment_step_illegal", {
			record: leaf.index,
			detail: `${key}: ${type}`
		});
		const after = {
			state: stateAfter[type],
			released: type === "payment.released@1" || before?.released === true,
			refunded: type === "payment.refunded@1" || before?.refunded === true,
			held: type === "payment.held@1" ? minor(values, "amount") : before?.held ?? null
		};
		if (type === "payment.parted@1") this.checkParts(leaf, after, values);
		this.payments.set(key, after);
		if (journal === null) return;
		for (const [name, expected, found] of amountsOf(type, values, journal)) if (expected !== found) this.failures.add("amount_mismatch", {
			record: leaf.index,
			detail: `${name} ${expected} ≠ ${found}`
		});
		this.moveHeld(leaf, journal);
	}
	mayFollow(type, before) {
		if (before === null) return true;
		if (before === void 0) return type === "payment.started@1" || this.assumeUnseen;
		if (type === "payment.started@1") return false;
		if (type === "payment.released@1" && before.released) return false;
		if (type === "payment.refunded@1" && before.refunded) return false;
		return follows[type].includes(before.state);
	}
	checkParts(leaf, payment, values) {
		const [release, refund] = [minor(values, "release"), minor(values, "refund")];
		if (payment.held === null || release === null || refund === null) return;
		if (release + refund > payment.held) this.failures.add("released_over_held", {
			record: leaf.index,
			detail: `${release + refund} > ${payment.held}`
		});
	}
	moveHeld(leaf, journal) {
		for (const posting of journal.postings) {
			if (accountKind(posting.account) !== "held") continue;
			const { currency } = "debit" in posting ? posting.debit : posting.credit;
			const key = `${posting.account} ${currency}`;
			const before = this.heldFunds.get(key);
			const added = -signed(posting);
			if (before === null || before === void 0 && this.assumeUnseen && added < 0n) {
				this.heldFunds.set(key, null);
				continue;
			}
			const balance = (before ?? 0n) + added;
			if (balance < 0n) this.failures.add("released_over_held", {
				record: leaf.index,
				detail: `${posting.account} ${balance}`
			});
			if (balance === 0n) this.heldFunds.delete(key);
			else this.heldFunds.set(key, balance);
		}
	}
	/** A trade that ends by a payment needs one whose parts were decided. */
	checkEnd(leaf, payment) {
		if (payment === null) return;
		const state = this.payments.get(payment);
		if (state === null || state === void 0 && this.assumeUnseen) return;
		if (state?.state !== "parting") this.failures.add("trade_without_payment", {
			record: leaf.index,
			detail: payment
		});
	}
};
function minor(values, name) {
	const parsed = money.safeParse(values.get(`/body/${name}`));
	return parsed.success ? minorOf(parsed.data) : null;
}
/** The sum that a journal moves on accounts of a kind: credits positive. */
function credited(journal, kind) {
	let sum = 0n;
	for (const posting of journal.postings) if (accountKind(posting.account) === kind) sum -= signed(posting);
	return sum;
}
/** The opened amounts of a payment fact beside what its journal moves. */
function amountsOf(type, values, journal) {
	const compared = [];
	const compare = (name, expected, found) => {
		if (expected !== null) compared.push([
			name,
			expected,
			found
		]);
	};
	const amount = minor(values, "amount");
	if (type === "payment.held@1") compare("amount", amount, credited(journal, "held"));
	if (type === "payment.released@1") compare("amount", amount, -credited(journal, "seller_payable"));
	if (type === "payment.refunded@1") compare("amount", amount, -credited(journal, "refund_payable"));
	if (type !== "payment.parted@1") return compared;
	const [release, fee, refund] = [
		minor(values, "release"),
		minor(values, "fee"),
		minor(values, "refund")
	];
	compare("refund", refund, credited(journal, "refund_payable"));
	compare("fee", fee, credited(journal, "platform_fee") + credited(journal, "tax_payable"));
	if (release !== null && fee !== null) compare("release − fee", release - fee, credited(journal, "seller_payable"));
	return compared;
}

// contracts/ledger/replay.ts
/** Which step of the trade's table each fact tells of. */
const stepsOfFact = {
	"trade.confirmed@1": ["confirm"],
	"trade.agreed@1": ["agree"],
	"trade.cancelled@1": ["cancel"],
	"trade.expired@1": ["expire"],
	"trade.funding@1": ["startFunding"],
	"trade.unfunded@1": ["retryFunding"],
	"trade.funded@1": ["fund"],
	"trade.delivered@1": ["deliver"],
	"trade.accepted@1": ["accept"],
	"trade.disputed@1": ["dispute"],
	"trade.resolved@1": ["resolve", "undelivered"],
	"trade.settled@1": ["settle"],
	"trade.refunded@1": ["refund"]
};
/** Steps that a freeze stops: what goes out, and every deadline. What comes in from outside still arrives. */
const stoppedByFreeze = [
	"confirm",
	"agree",
	"cancel",
	"expire",
	"startFunding",
	"deliver",
	"undelivered",
	"accept"
];
/** The id prefix of the thread that is a fact's own subject; parties' keys are blinded and not followed. */
const subjectPrefixes = {
	registration: "reg_",
	listing: "lst_",
	request: "req_",
	round: "rnd_",
	trade: "trd_",
	payment: "pay_",
	grant: "gra_",
	freeze: "frz_"
};
/**
* Replays what the records mean: every thing's versions follow each other, every trade takes only steps of its
* table, and money leaves the held funds only after it came in. At the start of a range, or after a record that
* is not understood, the state before is assumed. Keeps a few words per thing.
*/
var Replay = class {
	failures;
	payments;
	/** Null: the state is not known; whatever comes next is taken as right. */
	tradeStates = /* @__PURE__ */ new Map();
	versions = /* @__PURE__ */ new Map();
	assumeUnseen;
	trades = 0;
	constructor(failures, from) {
		this.failures = failures;
		this.assumeUnseen = from > 0;
		this.payments = new PaymentReplay(failures, from > 0);
	}
	/** What a record that is not understood may have changed; null: anything. */
	forget(keys) {
		if (keys === null) {
			this.assumeUnseen = true;
			this.tradeStates.clear();
			this.versions.clear();
		} else for (const key of keys) {
			this.tradeStates.set(key, null);
			this.versions.set(key, null);
		}
		this.payments.forget(keys);
	}
	/** `values` are the record's opened values by path; `journal` is the one it certifies, where the book is there. */
	step(leaf, fact, values, journal) {
		const [noun] = fact.type.split(".");
		const prefix = subjectPrefixes[noun];
		if (prefix === void 0) return;
		const keys = leaf.threads.map(([key]) => key).filter((key) => key.startsWith(prefix));
		const key = keys[0];
		if (key === void 0 || keys.length > 1) {
			this.withoutSubject(leaf, noun);
			return;
		}
		this.checkVersion(leaf, key, fact.body.version);
		if (noun === "trade") this.stepTrade(leaf, key, fact);
		if (noun === "payment") this.payments.step(leaf, key, fact, values, journal);
	}
	withoutSubject(leaf, noun) {
		if (noun === "trade" || noun === "payment") this.failures.add("subject_missing", {
			record: leaf.index,
			detail: noun
		});
	}
	checkVersion(leaf, key, version) {
		const before = this.versions.get(key);
		if (!(before === void 0 ? this.assumeUnseen || version === 1 : before === null || version === before + 1)) this.failures.add("version_gap", {
			record: leaf.index,
			detail: `${key} ${before ?? 0} → ${version}`
		});
		this.versions.set(key, version);
	}
	stepTrade(leaf, key, fact) {
		if (!("state" in fact.body)) return;
		const { state } = fact.body;
		const before = this.tradeStates.get(key);
		const problem = this.problemOfStep(fact, before, state);
		if (problem !== null) this.failures.add(problem, {
			record: leaf.index,
			detail: `${key}: ${fact.type} → ${state}`
		});
		if (before === void 0) this.trades += 1;
		const frozen = fact.type === "trade.frozen@1" || before?.frozen === true && fact.type !== "trade.unfrozen@1";
		this.tradeStates.set(key, {
			state,
			frozen
		});
		if (fact.type === "trade.settled@1" || fact.type === "trade.refunded@1") this.payments.checkEnd(leaf, fact.body.payment);
	}
	problemOfStep(fact, before, state) {
		if (before === null) return null;
		if (before === void 0) {
			if (fact.type === "trade.proposed@1") return state === "proposed" ? null : "step_illegal";
			return this.assumeUnseen ? null : "step_illegal";
		}
		if (fact.type === "trade.frozen@1" || fact.type === "trade.unfrozen@1") return state === before.state ? null : "step_illegal";
		if (!Object.hasOwn(stepsOfFact, fact.type) || isFinal(tradeTransitions, before.state)) return "step_illegal";
		const taken = stepsOfFact[fact.type].find((step) => nextState(tradeTransitions, before.state, step) === state);
		if (taken === void 0) return "step_illegal";
		return before.frozen && stoppedByFreeze.includes(taken) ? "step_while_frozen" : null;
	}
};

// contracts/ledger/tiles.ts
const tileWidth = 256;
const hashBytes = 32;
/** `tile/<L>/<N>[.p/<W>]`, N in groups of three digits, all but the last with `x`: 1234067 is x001/x234/067. */
function tilePath({ level, index, width }) {
	let digits = index.toString();
	digits = digits.padStart(Math.ceil(digits.length / 3) * 3, "0");
	const groups = digits.match(/.../g) ?? [];
	return `tile/${level}/${groups.map((group, i) => i < groups.length - 1 ? `x${group}` : group).join("/")}${width === 256 ? "" : `.p/${width}`}`;
}
/** How many hashes of the tile's level a tree of this size has. */
const hashesAtLevel = (size, level) => Math.floor(size / 256 ** level);
/** The tile (L, N) of a tree of this size, full or partial, or null when it would be empty. */
function tileOfSize(level, index, size) {
	const total = hashesAtLevel(size, level === "entries" ? 0 : level);
	const width = Math.min(total - index * 256, 256);
	return width > 0 ? {
		level,
		index,
		width
	} : null;
}
const encodeHashTile = (hashes) => concat(...hashes);
/** The hashes of a tile, or malformed when the bytes are not those of its width. */
function decodeHashTile(bytes, width) {
	if (bytes.length !== width * 32) return malformed(`a tile of ${width} hashes has ${bytes.length} bytes`);
	return Array.from({ length: width }, (_, i) => bytes.subarray(i * 32, (i + 1) * 32));
}
/** The longest entry bundle that this format allows. */
const maxEntryBundleBytes = 256 * (2 + maxLeafBytes);
function decodeEntries(bytes, width) {
	const leaves = [];
	let offset = 0;
	while (offset < bytes.length) {
		if (offset + 2 > bytes.length) return malformed("an entry bundle ends inside a length");
		const end = offset + 2 + bytes[offset] * 256 + bytes[offset + 1];
		if (end > bytes.length) return malformed("an entry bundle ends inside an entry");
		leaves.push(bytes.subarray(offset + 2, end));
		offset = end;
	}
	return leaves.length === width ? leaves : malformed(`${leaves.length} entries in a bundle of ${width}`);
}
/** The tile of a tree of this size that a node's hash is computed from, and the hashes in it that it covers. */
function tileOfNode(node, size) {
	const level = Math.floor(node.level / 8);
	const count = 2 ** (node.level - 8 * level);
	const first = node.index * count;
	const tile = tileOfSize(level, Math.floor(first / 256), size);
	if (tile === null) throw new Error(`node ${node.level}/${node.index} is not in a tree of ${size}`);
	const start = first % 256;
	return {
		tile,
		start,
		end: start + count
	};
}
/** The hash over some neighbouring hashes of a tile. */
function hashInTile(hashes, start, end, sha256) {
	if (end > hashes.length) throw new Error("the tile is not wide enough");
	if (end - start === 1) return hashes[start];
	const middle = start + (end - start) / 2;
	return foldEdge([hashInTile(hashes, start, middle, sha256), hashInTile(hashes, middle, end, sha256)], sha256);
}
/**
* Reads node hashes through tiles; `readTile` answers the bytes of one. The hashes are as good as their source:
* a proof made from them shows by itself whether they were right.
*/
function tileHashReader(size, readTile, sha256) {
	return async (nodes) => {
		const tiles = /* @__PURE__ */ new Map();
		const load = (tile) => {
			const path = tilePath(tile);
			const known = tiles.get(path) ?? readTile(tile).then((bytes) => hashesOrThrow(bytes, tile));
			tiles.set(path, known);
			return known;
		};
		return Promise.all(nodes.map(async (node) => {
			const { tile, start, end } = tileOfNode(node, size);
			return hashInTile(await load(tile), start, end, sha256);
		}));
	};
}
function hashesOrThrow(bytes, tile) {
	const hashes = decodeHashTile(bytes, tile.width);
	if (isMalformed(hashes)) throw new Error(`${tilePath(tile)}: ${hashes.malformed}`);
	return hashes;
}
/** The hash over a whole tile, partial ones included: its right edge is folded like a small tree's. */
function tileRoot(hashes, sha256) {
	const parts = nodesOfRange({
		start: 0,
		end: hashes.length
	}).map(({ level, index }) => hashInTile(hashes, index * 2 ** level, (index + 1) * 2 ** level, sha256));
	return foldEdge(parts, sha256);
}

// contracts/ledger/verify-book.ts
const maxLine = 4096;
const maxLegs = 1e3;
const maxTrialBalanceBytes = 1048576;
/** One row of book.csv, or null when it is none; `leg` is the number that it must have. */
function parseBookRow(line, leg) {
	const fields = parseCsvRow(line);
	if (isMalformed(fields) || fields.length !== bookColumns.length) return null;
	const [record, type, id, trade, occurredAt, number, account, debit, credit, currency] = fields;
	if (!/^(?:0|[1-9][0-9]{0,15})?$/.test(record) || number !== String(leg)) return null;
	if (!Object.hasOwn(accountKinds, accountKind(account))) return null;
	const amount = money.safeParse({
		minor: debit === "" ? credit : debit,
		currency
	});
	if (!amount.success || !isCurrency(currency) || debit === "" === (credit === "")) return null;
	const posting = debit === "" ? {
		account,
		credit: amount.data
	} : {
		account,
		debit: amount.data
	};
	const source = {
		type,
		id
	};
	return {
		record: record === "" ? null : Number(record),
		source,
		trade: trade || null,
		occurredAt,
		posting
	};
}
/** Sums of the book by kind of account and currency, and their table. */
var TrialBalance = class {
	sums = /* @__PURE__ */ new Map();
	add(journal) {
		for (const posting of journal.postings) {
			const amount = "debit" in posting ? posting.debit : posting.credit;
			const key = csvRow([accountKind(posting.account), amount.currency]);
			const sum = this.sums.get(key) ?? {
				debit: 0n,
				credit: 0n
			};
			sum["debit" in posting ? "debit" : "credit"] += minorOf(amount);
			this.sums.set(key, sum);
		}
	}
	/** trial-balance.csv. */
	table() {
		const rows = [...this.sums].map(([key, { debit, credit }]) => `${key},${debit},${credit}`).sort();
		return `${[trialBalanceColumns.join(), ...rows].join("\n")}\n`;
	}
};
/** book.csv, read in step with the records: each certified journal whole, unchanged and balanced. */
var BookReader = class {
	files;
	failures;
	lines;
	balance = new TrialBalance();
	row = null;
	entry = null;
	started = false;
	journals = 0;
	constructor(files, failures) {
		const file = bundleFiles.book;
		this.files = files;
		this.failures = failures;
		this.lines = files.has(file) ? new LineReader(files.stream(file), file, maxLine) : null;
	}
	/** The journal that the record certifies: null when it has none, or the book is not in the bundle or wrong. */
	async journalOf(leaf) {
		if (this.lines === null) return null;
		await this.skipTo(leaf.index);
		const { journalHash: certified } = leaf.body;
		const record = leaf.index;
		const file = bundleFiles.book;
		if (this.entry?.record !== record) {
			if (typeof certified === "string") this.failures.add("journal_missing", {
				record,
				file
			});
			return null;
		}
		if (typeof certified !== "string") return null;
		const { journal } = this.entry;
		this.entry = null;
		if (journalHash(journal) === certified) return journal;
		this.failures.add("journal_changed", {
			record,
			file
		});
		return null;
	}
	/** Lets pass what belongs to a record that is not understood here. */
	async pass(record) {
		if (this.lines === null) return;
		await this.skipTo(record);
		while (this.entry?.record === record) this.entry = await this.read();
	}
	async skipTo(record) {
		this.entry ??= await this.read();
		while (this.entry !== null && this.entry.record !== null && this.entry.record < record) {
			const { journal } = this.entry;
			this.failures.add("journal_stray", {
				record: this.entry.record,
				file: bundleFiles.book,
				detail: `${journal.source.type} ${journal.source.id}`
			});
			this.entry = await this.read();
		}
	}
	/** After the last record: journals that nothing certifies may not touch held funds; then the trial balance. */
	async finish() {
		if (this.lines === null) return;
		await this.skipTo(Number.POSITIVE_INFINITY);
		for (; this.entry !== null; this.entry = await this.read()) {
			const { record, journal } = this.entry;
			const held = journal.postings.some(({ account }) => accountKind(account) === "held");
			if (record !== null || held) this.failures.add("journal_stray", {
				file: bundleFiles.book,
				detail: `${journal.source.type} ${journal.source.id}`
			});
		}
		const file = bundleFiles.trialBalance;
		if (!this.files.has(file)) return;
		const bytes = await this.files.read(file, maxTrialBalanceBytes);
		if (bytes !== null && textOf(bytes) !== this.balance.table()) this.failures.add("trial_balance_wrong", { file });
	}
	/** The next journal: neighbouring rows of one source. */
	async read() {
		this.row ??= await this.readRow(1);
		if (this.row === null) return null;
		const { record, source, trade, occurredAt, posting } = this.row;
		const postings = [posting];
		this.row = await this.readRow(2);
		while (this.row !== null && this.row.source.type === source.type && this.row.source.id === source.id) {
			postings.push(this.row.posting);
			this.row = await this.readRow(postings.length + 1);
		}
		const journal = {
			source,
			trade,
			occurredAt,
			postings
		};
		this.journals += 1;
		this.balance.add(journal);
		if (!balanced(journal)) this.failures.add("journal_unbalanced", {
			...record === null ? {} : { record },
			file: bundleFiles.book,
			detail: `${source.type} ${source.id}`
		});
		return {
			record,
			journal
		};
	}
	/** Reads on over rows that are not rows. A new journal begins again with leg 1. */
	async readRow(leg) {
		for (;;) {
			const line = await this.lines?.next();
			if (!line) return null;
			const text = textOf(line) ?? "";
			if (!this.started) {
				this.started = true;
				if (text === bookColumns.join()) continue;
			}
			const row = (leg <= maxLegs ? parseBookRow(text, leg) : null) ?? parseBookRow(text, 1);
			if (row !== null) return row;
			this.failures.add("book_malformed", {
				file: bundleFiles.book,
				detail: text.slice(0, 80)
			});
		}
	}
};

// contracts/ledger/verify-chain.ts
/**
* What each record says about those before it: the hash chain, sealing times, and its place in every thread it
* belongs to. Keeps two numbers per thread key: the memory grows with the number of things, not of records.
*/
var ChainAudit = class {
	failures;
	log;
	/** A key not met yet may continue a record before this position, which was not read or not understood. */
	assumedBefore;
	threads = /* @__PURE__ */ new Map();
	lastAt = "";
	/** The hash that the next record must name; null where it is not known, as at the start of a range. */
	previous;
	constructor(failures, log, from) {
		this.failures = failures;
		this.log = log;
		this.assumedBefore = from;
		this.previous = from === 0 ? firstPrev : null;
	}
	/** `hash` (hex) is what the following record has to name, or null when that is not known. */
	follow(hash) {
		this.previous = hash;
	}
	/** A record that is not understood may continue any thread: what follows is assumed once per key. */
	forget() {
		this.threads.clear();
		this.assumedBefore = Number.POSITIVE_INFINITY;
	}
	checkEnvelope(record) {
		if (record.log !== this.log) this.failures.add("record_of_other_log", {
			record: record.index,
			detail: record.log
		});
		if (this.previous !== null && this.previous !== record.prev) this.failures.add("chain_broken", { record: record.index });
	}
	checkLeaf(leaf) {
		if (leaf.at < this.lastAt) this.failures.add("time_backwards", { record: leaf.index });
		this.lastAt = leaf.at;
		for (const [key, n, prevIndex] of leaf.threads) {
			if (!this.fits(key, n, prevIndex)) this.failures.add("thread_broken", {
				record: leaf.index,
				detail: key
			});
			this.threads.set(key, {
				n,
				index: leaf.index
			});
		}
	}
	/** The first record of a key in a range may continue one before the range; that is assumed. */
	fits(key, n, prevIndex) {
		const before = this.threads.get(key);
		if (before !== void 0) return n === before.n + 1 && prevIndex === before.index;
		return prevIndex === null || prevIndex < this.assumedBefore;
	}
};

// contracts/ledger/verify-entries.ts
/** Compares the entry bundles of the published log with the records, one bundle of 256 at a time. */
var EntryAudit = class {
	files;
	failures;
	sha256;
	size;
	leaves = /* @__PURE__ */ new Map();
	constructor(files, failures, sha256, size) {
		this.files = files;
		this.failures = failures;
		this.sha256 = sha256;
		this.size = size;
	}
	add(index, leaf) {
		this.leaves.set(index, leaf);
	}
	/**
	* Compares the bundle that holds a record, once all its records were added. Entries of the bundle that lie
	* outside of the exported range are compared with the tree (`hashAt`).
	*/
	async flush(record, from, to, hashAt) {
		const tile = tileOfSize("entries", Math.floor(record / 256), this.size);
		if (tile === null) return;
		const file = tilePath(tile);
		const bytes = await this.files.read(file, maxEntryBundleBytes);
		const entries = bytes === null ? null : decodeEntries(bytes, tile.width);
		if (isMalformed(entries)) this.failures.add("tile_malformed", {
			file,
			detail: entries.malformed
		});
		else if (entries !== null) for (const [i, entry] of entries.entries()) {
			const index = tile.index * 256 + i;
			if (!(index >= from && index < to ? this.fitsRecord(index, entry) : this.fitsTree(entry, hashAt(index)))) this.failures.add("entry_mismatch", {
				record: index,
				file
			});
		}
		this.leaves.clear();
	}
	/** A record that is missing was told of already. */
	fitsRecord(index, entry) {
		const leaf = this.leaves.get(index);
		return leaf === void 0 || equalBytes(leaf, entry);
	}
	fitsTree(entry, hash) {
		return hash === null || equalBytes(leafHash(entry, this.sha256), hash);
	}
};

// contracts/ledger/verify-records.ts
/** Fewer bytes than any record has; a range that cannot fit into its file is not walked through. */
const minLeafBytes = 200;
/** Reads records.jsonl once, and what runs beside it, and checks each record in every way. */
var RecordsAudit = class {
	input;
	chain;
	entries;
	table;
	opened;
	book;
	replay;
	unknown = {
		count: 0,
		first: null,
		kinds: []
	};
	lines;
	/** A line that was looked at before its turn. */
	ahead = null;
	expected;
	records = 0;
	constructor(input) {
		const { files, failures, sha256, log, size, from } = input;
		this.input = input;
		this.chain = new ChainAudit(failures, log, from);
		this.entries = new EntryAudit(files, failures, sha256, size);
		this.table = new RecordTable(files, failures);
		this.opened = new OpenedValues(files, failures, sha256);
		this.book = new BookReader(files, failures);
		this.replay = new Replay(failures, from);
		this.lines = new LineReader(files.stream(bundleFiles.records), bundleFiles.records, maxLeafBytes);
		this.expected = from;
	}
	async run() {
		const { files, tree, from, to } = this.input;
		const file = bundleFiles.records;
		if ((to - from) * minLeafBytes > files.bytesOf(file)) throw new VerificationStop("manifest_disagrees", {
			file,
			detail: `${to - from} records`
		});
		await this.startBlock();
		for (let line = await this.take(); line !== null; line = await this.take()) await this.check(line);
		if (this.lines.unterminated) this.input.failures.add("record_malformed", {
			record: this.expected - 1,
			file,
			detail: "no final newline"
		});
		await this.passMissing(to);
		if (to > from && to % 256 !== 0) await this.endBlock(to - 1);
		tree.finish();
		await this.table.finish();
		await this.opened.finish();
		await this.book.finish();
		return {
			records: this.records,
			disclosures: this.opened.checked,
			journals: this.book.journals,
			trades: this.replay.trades,
			unknown: this.unknown
		};
	}
	async take() {
		const line = this.ahead ?? await this.lines.next();
		this.ahead = null;
		return line;
	}
	async startBlock() {
		if (this.expected < this.input.to) await this.input.tree.load(this.expected);
	}
	endBlock(record) {
		const { from, to, tree } = this.input;
		return this.entries.flush(record, from, to, (index) => tree.hashAt(index));
	}
	/** Goes on to the next position; `hash` is what the record after must name. */
	async advance(hash) {
		this.chain.follow(hash);
		this.expected += 1;
		if (this.expected % 256 !== 0) return;
		await this.endBlock(this.expected - 1);
		await this.startBlock();
	}
	async passMissing(until) {
		while (this.expected < until) {
			this.input.failures.add("record_missing", {
				record: this.expected,
				detail: `${until}`
			});
			this.input.tree.add(this.expected, null);
			await this.passNotUnderstood(this.expected, null);
			await this.advance(hexOrNull(this.input.tree.hashAt(this.expected)));
		}
	}
	/** The line's place, or null when it has none: a record that stands twice, too late, or beyond the range. */
	async placeOf(said) {
		const { failures, to } = this.input;
		if (this.expected >= to) {
			failures.add("record_beyond_range", {
				record: said ?? this.expected,
				detail: `${to}`
			});
			return null;
		}
		if (said === void 0 || said === this.expected) return this.expected;
		if (await this.nextFollows()) {
			failures.add("record_index_wrong", {
				record: this.expected,
				detail: `${said}`
			});
			return this.expected;
		}
		if (said >= to) failures.add("record_beyond_range", {
			record: said,
			detail: `${to}`
		});
		else if (said < this.expected) failures.add("record_out_of_order", {
			record: said,
			detail: `${this.expected}`
		});
		else {
			await this.passMissing(said);
			return said;
		}
		return null;
	}
	/** Whether the line after this one goes on as if this one were the expected record. */
	async nextFollows() {
		this.ahead ??= await this.lines.next();
		const next = this.ahead === null ? null : decodeLeaf(this.ahead);
		if (next === null || isMalformed(next)) return false;
		return ("leaf" in next ? next.leaf.index : next.unknownVersion.index) === this.expected + 1;
	}
	async check(line) {
		const { failures, sha256, tree } = this.input;
		const decoded = decodeLeaf(line);
		const record = isMalformed(decoded) ? null : "leaf" in decoded ? decoded.leaf : decoded.unknownVersion;
		const index = await this.placeOf(record?.index);
		if (index === null) return;
		this.records += 1;
		const hash = leafHash(line, sha256);
		const hex = toHex(hash);
		if (isMalformed(decoded)) failures.add("record_malformed", {
			record: index,
			detail: decoded.malformed
		});
		if (record !== null) this.chain.checkEnvelope(record);
		const inTree = tree.add(index, hash);
		if (!inTree) failures.add("not_in_tree", { record: index });
		this.entries.add(index, line);
		if (isMalformed(decoded) || record?.index !== index) await this.passNotUnderstood(index, null);
		else if ("leaf" in decoded) await this.checkLeaf(decoded.leaf, hex);
		else {
			this.countUnknown(index, `v${decoded.unknownVersion.v}`);
			await this.passNotUnderstood(index, null);
		}
		await this.advance(inTree ? hex : hexOrNull(tree.hashAt(index)));
	}
	async checkLeaf(leaf, hash) {
		this.chain.checkLeaf(leaf);
		await this.table.check(leaf, hash);
		const values = await this.opened.of(leaf);
		const { index, type, body } = leaf;
		const known = isFactType(type);
		const problem = known ? problemOfBody(type, body) : null;
		if (known && problem === null) return this.replay.step(leaf, {
			type,
			body
		}, values, await this.book.journalOf(leaf));
		if (problem !== null) this.input.failures.add("body_malformed", {
			record: index,
			detail: problem
		});
		else this.countUnknown(index, type);
		await this.passNotUnderstood(index, leaf);
	}
	/**
	* A record that is missing, damaged, or of a version or type not known here: what it concerns may have changed,
	* so that the state after it is assumed, and what belongs to it in the files beside is let pass.
	*/
	async passNotUnderstood(index, leaf) {
		this.replay.forget(leaf === null ? null : leaf.threads.map(([key]) => key));
		await this.book.pass(index);
		if (leaf !== null) return;
		this.chain.forget();
		await this.table.skipTo(index, false);
		await this.opened.skipTo(index + 1, index);
	}
	countUnknown(index, kind) {
		this.unknown.count += 1;
		this.unknown.first ??= index;
		if (this.unknown.kinds.length < 20 && !this.unknown.kinds.includes(kind)) this.unknown.kinds.push(kind);
	}
};
const hexOrNull = (hash) => hash === null ? null : toHex(hash);

// contracts/ledger/verify-tree.ts
/** A tile that the bundle does not hold (noted already). */
var MissingTile = class extends Error {};
/**
* Ties the records of a bundle to the signed root. The right edge of the tree gives the root; a full tile at the
* range's ends is checked against its parent; every other hash is computed from the records and compared with
* the tile where it stands. One tile per level is in memory.
*/
var TreeAudit = class {
	input;
	/** The tile of each level above the current record: index 0 is level 0. Null where it is missing. */
	path = [];
	range = null;
	block = [];
	constructor(input) {
		this.input = input;
	}
	/** Checks the edge and the ends of the range, and starts the compact range at `from`. */
	async open() {
		const { size, root, from, to, sha256, failures } = this.input;
		try {
			const edge = await readRange$1(size, this.reader());
			if (!equalBytes(rangeRoot(edge, sha256), root)) failures.add("root_mismatch", { file: "checkpoint" });
		} catch (error) {
			rethrowUnlessMissing(error);
		}
		this.range = from === 0 ? emptyRange : null;
		if (to === from) return;
		for (const end of /* @__PURE__ */ new Set([from, to - 1])) await this.authenticatePath(end);
		try {
			if (from > 0) this.range = await readRange$1(from, this.reader());
		} catch (error) {
			rethrowUnlessMissing(error);
		}
	}
	/** From the tile above a record upwards: each full tile's hash stands in its parent. */
	async authenticatePath(record) {
		const { size, sha256, failures } = this.input;
		let child = null;
		for (let level = 0; hashesAtLevel(size, level) > 0; level++) {
			const parent = await this.readTile(level, Math.floor(record / 256 ** (level + 1)));
			if (child !== null && parent !== null && child.tile.width === 256) {
				const inParent = parent.hashes[child.tile.index % 256];
				if (inParent === void 0 || !equalBytes(tileRoot(child.hashes, sha256), inParent)) failures.add("tile_mismatch", { file: tilePath(child.tile) });
			}
			child = parent;
		}
	}
	/** To be called before the first record of each block of 256, and before the first record of all. */
	async load(record) {
		this.flush();
		for (let level = 0; hashesAtLevel(this.input.size, level) > 0; level++) {
			const index = Math.floor(record / 256 ** (level + 1));
			if (this.path[level]?.tile.index !== index) this.path[level] = await this.readTile(level, index);
		}
	}
	/** The hash that the tiles hold for a record of the loaded block. */
	hashAt(record) {
		const tile = this.path[0];
		if (!tile || tile.tile.index !== Math.floor(record / 256)) return null;
		return tile.hashes[record % 256] ?? null;
	}
	/**
	* Adds the next record's hash; null for one that is missing. False when the tiles hold another hash for it:
	* then theirs is carried on, so that one changed record is not told again at every level above.
	*/
	add(record, hash) {
		const expected = this.hashAt(record);
		const carried = expected ?? hash;
		if (carried === null) this.range = null;
		else this.block.push(carried);
		return expected === null || hash === null || equalBytes(expected, hash);
	}
	/** After the last record: the whole log's root, computed from its records, where the bundle holds them all. */
	finish() {
		this.flush();
		const { from, size, root, sha256, failures } = this.input;
		if (this.range === null || from > 0 || this.range.size !== size) return;
		if (!equalBytes(rangeRoot(this.range, sha256), root)) failures.add("root_mismatch", { file: "records.jsonl" });
	}
	flush() {
		if (this.range !== null) this.range = appendLeaves(this.range, this.block, this.input.sha256, (level, index, hash) => {
			if (level > 0 && level % 8 === 0) this.compareNode(level / 8, index, hash);
		});
		this.block = [];
	}
	compareNode(level, index, hash) {
		const at = this.path[level];
		if (!at || at.tile.index !== Math.floor(index / 256)) return;
		const inTile = at.hashes[index % 256];
		if (inTile === void 0 || !equalBytes(inTile, hash)) this.input.failures.add("tile_mismatch", { file: tilePath(at.tile) });
	}
	async readTile(level, index) {
		const tile = tileOfSize(level, index, this.input.size);
		if (tile === null) return null;
		const bytes = await this.input.files.read(tilePath(tile), 256 * 32);
		if (bytes === null) return null;
		const hashes = decodeHashTile(bytes, tile.width);
		if (!isMalformed(hashes)) return {
			tile,
			hashes
		};
		this.input.failures.add("tile_malformed", {
			file: tilePath(tile),
			detail: hashes.malformed
		});
		return null;
	}
	reader() {
		const { size, sha256 } = this.input;
		const read = async (tile) => {
			const found = await this.readTile(tile.level, tile.index);
			if (found === null) throw new MissingTile();
			return encodeHashTile(found.hashes);
		};
		return tileHashReader(size, read, sha256);
	}
	/** A consistency proof out of the bundle's tiles, or null when they do not reach that far. */
	async consistencyFrom(oldSize) {
		const { size, files, sha256 } = this.input;
		if (!consistencyPath(oldSize, size).flatMap(nodesOfRange).every((node) => files.has(tilePath(tileOfNode(node, size).tile)))) return null;
		try {
			return await consistencyProof(oldSize, size, this.reader(), sha256);
		} catch (error) {
			rethrowUnlessMissing(error);
			return null;
		}
	}
};
function rethrowUnlessMissing(error) {
	if (!(error instanceof MissingTile)) throw error;
}

// contracts/ledger/verify.ts
const maxNoteBytes = 11e5;
const maxManifestBytes = 268435456;
const nothing = {
	records: 0,
	disclosures: 0,
	journals: 0,
	trades: 0,
	unknown: {
		count: 0,
		first: null,
		kinds: []
	}
};
/**
* Verifies an export bundle (LEDGER sections 6 and 7) without any network and without trusting whoever made it:
* files against the signed manifest, records, hash chain, threads, tree, signatures, opened values, the book,
* and the meaning of the steps. Streams; never throws for anything that a bundle can hold.
*/
async function verifyBundle(bundle, options) {
	const failures = new FailureList();
	let opened = null;
	let files = null;
	let summary = nothing;
	let since = null;
	try {
		opened = await openBundle(bundle, options, failures);
		files = new BundleFiles(bundle, opened.manifest, options.crypto, failures, options.progress ?? (() => {}));
		const tree = treeOf(opened, files, failures, options);
		await tree.open();
		summary = await new RecordsAudit({
			files,
			failures,
			sha256: options.crypto.sha256,
			tree,
			log: opened.checkpoint.origin,
			size: opened.checkpoint.size,
			...opened.manifest.range
		}).run();
		const consistency = {
			checkpoint: opened.checkpoint,
			keys: opened.keys,
			files,
			tree,
			failures,
			crypto: options.crypto
		};
		await checkKeptProofs(consistency);
		since = options.since === void 0 ? null : await checkSince(consistency, options.since);
		await files.checkRest();
	} catch (error) {
		if (!(error instanceof VerificationStop)) throw error;
		failures.count += 1;
		failures.kept.push(error.failure);
	}
	return makeReport(options, failures, opened, files, summary, since);
}
function makeReport(options, failures, opened, files, summary, since) {
	const broken = failures.count > 0 || opened === null;
	const authenticated = opened?.signed === true && options.keys.length > 0;
	const key = opened?.keys[0];
	return {
		verdict: broken ? "broken" : authenticated ? "intact" : "unauthenticated",
		failures: failures.kept,
		failureCount: failures.count,
		log: opened?.checkpoint.origin ?? null,
		size: opened?.checkpoint.size ?? null,
		root: opened === null ? null : toHex(opened.checkpoint.root),
		range: opened?.manifest.range ?? null,
		key: key ? {
			name: key.name,
			keyId: key.keyId,
			from: options.keys.length > 0 ? "reader" : "bundle"
		} : null,
		checked: {
			files: opened?.manifest.files.length ?? 0,
			bytes: files?.totalBytes ?? 0,
			records: summary.records,
			disclosures: summary.disclosures,
			journals: summary.journals,
			trades: summary.trades,
			since
		},
		unknown: summary.unknown,
		openingAssumed: (opened?.manifest.range.from ?? 0) > 0
	};
}
const treeOf = (opened, files, failures, { crypto }) => new TreeAudit({
	files,
	failures,
	sha256: crypto.sha256,
	size: opened.checkpoint.size,
	root: opened.checkpoint.root,
	...opened.manifest.range
});
/** Reads and checks checkpoint, keys and manifest; stops where nothing can be built on them. */
async function openBundle(bundle, options, failures) {
	const head = readCheckpoint(await required(bundle, bundleFiles.checkpoint, maxNoteBytes));
	if (isMalformed(head)) throw new VerificationStop("checkpoint_malformed", {
		file: bundleFiles.checkpoint,
		detail: head.malformed
	});
	const keys = options.keys.length > 0 ? options.keys : [await ownKey(bundle, options.crypto)];
	const signature = checkHeadSignature(head, keys, options.crypto.verifyEd25519);
	const file = bundleFiles.checkpoint;
	if (signature === "bad") failures.add("checkpoint_signature_bad", { file });
	if (signature === "unknown_key") failures.add("checkpoint_not_signed_by_key", { file });
	const checkpoint = head.unverifiedCheckpoint;
	const text = textOrStop(await required(bundle, bundleFiles.manifest, maxManifestBytes), bundleFiles.manifest);
	await checkManifestNote(bundle, text, checkpoint.origin, keys, options.crypto, failures);
	const manifest = parseManifest(text);
	if (isMalformed(manifest)) throw new VerificationStop("manifest_malformed", {
		file: bundleFiles.manifest,
		detail: manifest.malformed
	});
	if (manifest.log !== checkpoint.origin || manifest.size !== checkpoint.size) throw new VerificationStop("manifest_disagrees", {
		file: bundleFiles.manifest,
		detail: `${manifest.log} ${manifest.size}, ${checkpoint.origin} ${checkpoint.size}`
	});
	return {
		manifest,
		checkpoint,
		keys,
		signed: signature === "signed"
	};
}
async function checkManifestNote(bundle, manifest, log, keys, crypto, failures) {
	const file = bundleFiles.manifestNote;
	const note = parseNote(await required(bundle, file, maxNoteBytes));
	if (isMalformed(note)) return failures.add("manifest_malformed", {
		file,
		detail: note.malformed
	});
	const verdict = verifyNote(note, keys, crypto.verifyEd25519);
	if ("badKey" in verdict) failures.add("manifest_signature_bad", { file });
	else if (!verdict.verifiedBy.some((key) => key.name === log)) failures.add("manifest_not_signed_by_key", { file });
	if (note.text !== manifestNoteText(log, manifest, crypto.sha256)) failures.add("manifest_changed", { file: bundleFiles.manifest });
}
async function required(bundle, path, maxBytes) {
	let bytes;
	try {
		bytes = await readSmall(bundle, path, maxBytes);
	} catch (error) {
		if (error instanceof VerificationStop) throw error;
		throw new VerificationStop("bundle_unreadable", {
			file: path,
			detail: reason(error)
		});
	}
	if (bytes === null) throw new VerificationStop("file_missing", { file: path });
	return bytes;
}
async function ownKey(bundle, crypto) {
	const text = textOrStop(await required(bundle, bundleFiles.key, 4096), bundleFiles.key);
	const key = parseVerifierKey(text, crypto.sha256);
	if (isMalformed(key)) throw new VerificationStop("key_malformed", {
		file: bundleFiles.key,
		detail: key.malformed
	});
	return key;
}
function textOrStop(bytes, file) {
	try {
		return fromUtf8(bytes);
	} catch {
		throw new VerificationStop("bundle_unreadable", {
			file,
			detail: "not UTF-8"
		});
	}
}

// contracts/ledger/zip-bundle.ts
const endSignature = 101010256;
const end64Locator = 117853008;
const end64Signature = 101075792;
const centralSignature = 33639248;
const localSignature = 67324752;
const maxCentralBytes = 268435456;
const chunkBytes$1 = 1048576;
/**
* A zip (PKWARE APPNOTE 6.3, stored or deflated entries, with ZIP64) as a bundle, read at random: only the
* directory is in memory, an entry is inflated while it streams and never beyond the size that the directory
* tells. A folder that encloses everything is looked through. Throws a plain Error on what is not such a zip.
*/
async function openZip(file) {
	const { offset, length } = await findDirectory(file);
	if (length > maxCentralBytes || offset + length > file.size) throw new Error("the zip's directory is out of place");
	const entries = readDirectory(await file.read(offset, length));
	const prefix = enclosingFolder(entries);
	return {
		has: async (path) => entries.has(prefix + path),
		stream: (path) => streamEntry(file, entries.get(prefix + path), path),
		async *list() {
			for (const path of entries.keys()) yield path.startsWith(prefix) ? path.slice(prefix.length) : path;
		}
	};
}
const viewOf = (bytes) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
function safeNumber(value) {
	if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw new Error("the zip tells of an absurd size");
	return Number(value);
}
async function findDirectory(file) {
	const tailLength = Math.min(file.size, 65557);
	const tail = viewOf(await file.read(file.size - tailLength, tailLength));
	for (let at = tailLength - 22; at >= 0; at--) {
		if (tail.getUint32(at, true) !== endSignature) continue;
		const length = tail.getUint32(at + 12, true);
		const offset = tail.getUint32(at + 16, true);
		return at >= 20 && tail.getUint32(at - 20, true) === end64Locator ? readEnd64(file, safeNumber(tail.getBigUint64(at - 12, true))) : {
			offset,
			length
		};
	}
	throw new Error("not a zip file");
}
async function readEnd64(file, at) {
	if (at + 56 > file.size) throw new Error("the zip's end is out of place");
	const end = viewOf(await file.read(at, 56));
	if (end.getUint32(0, true) !== end64Signature) throw new Error("the zip's end is malformed");
	return {
		length: safeNumber(end.getBigUint64(40, true)),
		offset: safeNumber(end.getBigUint64(48, true))
	};
}
function readDirectory(bytes) {
	const view = viewOf(bytes);
	const names = new TextDecoder("utf-8", { fatal: true });
	const entries = /* @__PURE__ */ new Map();
	for (let at = 0; at < bytes.length;) {
		if (at + 46 > bytes.length || view.getUint32(at, true) !== centralSignature) throw new Error("the zip's directory is malformed");
		const [nameLength, extraLength, commentLength] = [
			28,
			30,
			32
		].map((field) => view.getUint16(at + field, true));
		const extraAt = at + 46 + nameLength;
		const next = extraAt + extraLength + commentLength;
		if (next > bytes.length) throw new Error("the zip's directory is malformed");
		const name = names.decode(bytes.subarray(at + 46, extraAt));
		if ((view.getUint16(at + 8, true) & 1) !== 0) throw new Error("the zip is encrypted");
		if (entries.has(name)) throw new Error(`the zip has two files named ${name.slice(0, 100)}`);
		if (!name.endsWith("/")) entries.set(name, readEntry(view, at, extraAt, extraAt + extraLength));
		at = next;
	}
	return entries;
}
function readEntry(view, at, extraAt, extraEnd) {
	const method = view.getUint16(at + 10, true);
	const fields = {
		size: view.getUint32(at + 24, true),
		packed: view.getUint32(at + 20, true),
		offset: view.getUint32(at + 42, true)
	};
	for (let extra = extraAt; extra + 4 <= extraEnd; extra += 4 + view.getUint16(extra + 2, true)) {
		if (view.getUint16(extra, true) !== 1) continue;
		let value = extra + 4;
		for (const name of [
			"size",
			"packed",
			"offset"
		]) if (fields[name] === 4294967295) {
			if (value + 8 > extraEnd) throw new Error("the zip's directory is malformed");
			fields[name] = safeNumber(view.getBigUint64(value, true));
			value += 8;
		}
	}
	return {
		...fields,
		method
	};
}
/** "name/" when every file lies in that one folder and the manifest stands in it; else "". */
function enclosingFolder(entries) {
	if (entries.has(bundleFiles.manifest)) return "";
	const [first] = entries.keys();
	const prefix = first?.includes("/") === true ? first.slice(0, first.indexOf("/") + 1) : "";
	return prefix !== "" && entries.has(prefix + bundleFiles.manifest) && [...entries.keys()].every((path) => path.startsWith(prefix)) ? prefix : "";
}
async function* streamEntry(file, entry, path) {
	if (entry === void 0) throw new Error(`the zip has no file ${path}`);
	if (entry.offset + 30 > file.size) throw new Error("a file of the zip is out of place");
	const local = viewOf(await file.read(entry.offset, 30));
	if (local.getUint32(0, true) !== localSignature) throw new Error("a file of the zip is out of place");
	const start = entry.offset + 30 + local.getUint16(26, true) + local.getUint16(28, true);
	if (start + entry.packed > file.size) throw new Error("a file of the zip ends too early");
	const raw = readRange(file, start, entry.packed);
	if (entry.method !== 0 && entry.method !== 8) throw new Error("a file of the zip is packed in an unknown way");
	let length = 0;
	for await (const part of entry.method === 0 ? raw : inflate(raw)) {
		length += part.length;
		if (length > entry.size) throw new Error("a file of the zip is longer than the zip tells");
		yield part;
	}
	if (length !== entry.size) throw new Error("a file of the zip is shorter than the zip tells");
}
async function* readRange(file, start, length) {
	for (let done = 0; done < length; done += chunkBytes$1) yield await file.read(start + done, Math.min(chunkBytes$1, length - done));
}
async function* inflate(raw) {
	const reader = new ReadableStream({ async pull(controller) {
		const next = await raw.next();
		if (next.done === true) controller.close();
		else controller.enqueue(next.value);
	} }).pipeThrough(new DecompressionStream("deflate-raw")).getReader();
	try {
		for (let part = await reader.read(); !part.done; part = await reader.read()) yield part.value;
	} finally {
		await reader.cancel().catch(() => {});
	}
}

// cli/node-crypto.ts
/** DER of a SubjectPublicKeyInfo up to the 32 bytes of an Ed25519 key (RFC 8410 section 4). */
const spkiPrefix = Buffer.from("302a300506032b6570032100", "hex");
const keys = /* @__PURE__ */ new Map();
function keyObject(publicKey) {
	const name = Buffer.from(publicKey).toString("hex");
	const known = keys.get(name) ?? crypto.createPublicKey({
		key: Buffer.concat([spkiPrefix, publicKey]),
		format: "der",
		type: "spki"
	});
	if (keys.size < 100) keys.set(name, known);
	return known;
}
/** `hash` needs no object per call, and is twice as fast; Node has it from 20.12. */
const sha256 = typeof crypto.hash === "function" ? (bytes) => crypto.hash("sha256", bytes, "buffer") : (bytes) => crypto.createHash("sha256").update(bytes).digest();
/** The verifier's cryptography by Node's own OpenSSL. */
const nodeCrypto = {
	sha256,
	runningSha256: () => {
		const running = crypto.createHash("sha256");
		return {
			update: (bytes) => void running.update(bytes),
			digest: () => running.digest()
		};
	},
	verifyEd25519: (publicKey, message, signature) => {
		try {
			return crypto.verify(null, message, keyObject(publicKey), signature);
		} catch {
			return false;
		}
	}
};

// cli/verify-progress.ts
const stepMs = 100;
/** A line on stderr that grows with the bytes that were read, only where a person is watching. */
function makeProgress(wanted) {
	if (!wanted || process.stderr.isTTY !== true) return {
		show: () => {},
		end: () => {}
	};
	let shownAt = 0;
	return {
		show(done, total) {
			const now = performance.now();
			if (now - shownAt < stepMs || total === 0) return;
			shownAt = now;
			const share = Math.min(1, done / total);
			const bar = "█".repeat(Math.round(share * 30)).padEnd(30, "░");
			process.stderr.write(`\r${bar} ${(share * 100).toFixed(0).padStart(3)} %`);
		},
		end: () => void process.stderr.write("\r\x1B[K")
	};
}

// cli/verify-source.ts
const chunkBytes = 1048576;
/**
* A folder as a bundle. Only plain files inside of it are read: names are relative and safe, and a symbolic link
* is not followed, so that a bundle cannot make its verifier read anything else.
*/
async function openFolder(folder) {
	const root = await realpath(folder);
	const locate = async (path) => {
		if (!isSafePath(path)) return null;
		const file = join(root, ...path.split("/"));
		try {
			const entry = await lstat(file);
			if (!entry.isFile() || await realpath(file) !== file) return null;
			return {
				file,
				size: entry.size
			};
		} catch {
			return null;
		}
	};
	let last = null;
	return {
		async has(path) {
			last = {
				path,
				found: await locate(path)
			};
			return last.found !== null;
		},
		async *stream(path) {
			const found = last?.path === path ? last.found : await locate(path);
			if (found === null) throw new Error("there is no such file");
			if (found.size <= chunkBytes) yield await readFile(found.file);
			else yield* createReadStream(found.file, { highWaterMark: chunkBytes });
		},
		list: () => listFolder(root, "")
	};
}
async function* listFolder(root, inside) {
	for (const entry of await readdir(join(root, inside), { withFileTypes: true })) {
		const path = join(inside, entry.name);
		if (entry.isDirectory()) yield* listFolder(root, path);
		else yield path.split(sep).join("/");
	}
}
/** A file that is read at any place; the caller closes the handle. */
async function randomAccess(handle) {
	const { size } = await handle.stat();
	return {
		size,
		async read(offset, length) {
			const bytes = new Uint8Array(length);
			let done = 0;
			while (done < length) {
				const { bytesRead } = await handle.read(bytes, done, length - done, offset + done);
				if (bytesRead === 0) throw new Error("the file ends too early");
				done += bytesRead;
			}
			return bytes;
		}
	};
}
const openForReading = (file) => open(file, "r");

// cli/verify-text.ts
const words = {
	en: {
		record: "record",
		file: "file",
		log: "Log",
		records: "records",
		root: "Root",
		key: "Key",
		more: "more failures"
	},
	zh: {
		record: "记录",
		file: "文件",
		log: "日志",
		records: "条记录",
		root: "树根",
		key: "公钥",
		more: "处问题未列出"
	}
};
/** Control characters out of a bundle must not reach a terminal. */
const printable = (text) => text.replaceAll(/\p{Cc}/gu, "�");
/** A failure as a line: where, what, and its code for those who search. */
function failureLine(failure, language) {
	const word = words[language];
	const places = [failure.record === void 0 ? null : `${word.record} ${failure.record}`, failure.file === void 0 ? null : `${word.file} ${failure.file}`].filter((place) => place !== null);
	const where = places.length === 0 ? "" : `${places.join(", ")}: `;
	return printable(`  ✗ ${where}${failure[language]} [${failure.code}]`);
}
function reportText(report, language) {
	const word = words[language];
	const lines = reportSentences(report).map((sentence) => sentence[language]);
	if (report.log !== null) {
		lines.push("", `${word.log}: ${report.log}, ${report.size} ${word.records}`, `${word.root}: ${report.root}`);
		if (report.key !== null) lines.push(`${word.key}: ${report.key.name}+${report.key.keyId}`);
	}
	if (report.failures.length > 0) lines.push("");
	for (const failure of report.failures) lines.push(failureLine(failure, language));
	if (report.failureCount > report.failures.length) lines.push(`  … ${report.failureCount - report.failures.length} ${word.more}`);
	lines.push("", ...limits.map((sentence) => sentence[language]));
	return `${lines.join("\n")}\n`;
}
const certificateVerdict = (report) => report.failures.length > 0 ? "broken" : report.authenticated ? "intact" : "unauthenticated";
const certificateVerdicts = {
	intact: {
		en: "The record is in the log, and the log's head is signed by your key.",
		zh: "记录在日志中，且日志头由您的公钥验证签名。"
	},
	unauthenticated: {
		en: "The record is in a log of this name, but without your key (--vkey) nothing shows who signed it.",
		zh: "记录在该名称的日志中；但未提供公钥（--vkey），无法证明由谁签名。"
	},
	broken: {
		en: "NOT VALID.",
		zh: "证明无效。"
	}
};
function certificateText(report, language) {
	const word = words[language];
	const lines = [certificateVerdicts[certificateVerdict(report)][language]];
	if (report.head !== null) {
		const { origin, size } = report.head.unverifiedCheckpoint;
		lines.push("", `${word.log}: ${origin}, ${size} ${word.records}`);
	}
	if (report.index !== null) lines.push(`${word.record}: ${report.index}`);
	if (report.leaf !== null && "type" in report.leaf) lines.push(`${report.leaf.type}, ${report.leaf.at}`);
	if (report.failures.length > 0) lines.push("");
	for (const failure of report.failures) lines.push(failureLine(failure, language));
	return `${lines.map(printable).join("\n")}\n`;
}

// cli/verify.ts
const usage = (name) => `Usage: ${name} PATH [--vkey KEY] [--since CHECKPOINT] [--lang zh|en] [--json]

PATH            an export bundle (a folder or a .zip of it), or a certificate (.tlog-proof, .json)
--vkey          the log's verifier key that you got earlier or elsewhere: a file, or the key itself
--since         a checkpoint that you kept: shows that the log has only grown since
--json          one JSON object instead of sentences

Exit code 0: intact and signed by your key. 3: intact, but without --vkey nothing shows who signed.
1: not intact. 2: the command could not be carried out.
`;
/** What the reader asked for is wrong or cannot be read: told in one line, never as a stack. */
var UsageError = class extends Error {};
/** `name` is how the reader called it: the same command is also a file of its own (cli/single-file.ts). */
async function run(args, name = "quanheng verify") {
	try {
		const request = await readRequest(args, name);
		if (request === null) return 0;
		return await isCertificate(request.path) ? await runCertificate(request) : await runBundle(request);
	} catch (error) {
		const message = error instanceof Error ? error.message.split("\n")[0] ?? "" : "unknown error";
		process.stderr.write(`${name}: ${message}\n${error instanceof UsageError ? `\n${usage(name)}` : ""}`);
		return 2;
	}
}
async function readRequest(args, name) {
	const { values, positionals } = parse(args);
	if (values.help) {
		process.stdout.write(usage(name));
		return null;
	}
	const [path, ...others] = positionals;
	if (path === void 0 || others.length > 0) throw new UsageError("one PATH is needed");
	if (values.lang !== void 0 && values.lang !== "zh" && values.lang !== "en") throw new UsageError("--lang is zh or en");
	return {
		path,
		keys: values.vkey === void 0 ? [] : [await readKey(values.vkey)],
		since: values.since === void 0 ? null : await readText(values.since),
		json: values.json,
		language: values.lang ?? (/^zh/i.test(process.env.LC_ALL ?? process.env.LANG ?? "") ? "zh" : "en")
	};
}
function parse(args) {
	try {
		return parseArgs({
			args,
			allowPositionals: true,
			options: {
				vkey: { type: "string" },
				since: { type: "string" },
				lang: { type: "string" },
				json: {
					type: "boolean",
					default: false
				},
				help: {
					type: "boolean",
					short: "h",
					default: false
				}
			}
		});
	} catch (error) {
		throw new UsageError(error instanceof Error ? error.message : "unknown options");
	}
}
async function readText(file) {
	const { size } = await statOrFail(file);
	if (size > 4e6) throw new Error(`${file} is too large for what it should be`);
	return new TextDecoder("utf-8", {
		fatal: true,
		ignoreBOM: true
	}).decode(await readFile(file));
}
async function statOrFail(path) {
	try {
		return await stat(path);
	} catch {
		throw new Error(`${path} cannot be read`);
	}
}
/** A file that holds a verifier key, or the key itself. */
async function readKey(given) {
	const direct = parseVerifierKey(given, nodeCrypto.sha256);
	if (!isMalformed(direct)) return direct;
	const key = parseVerifierKey(await readText(given), nodeCrypto.sha256);
	if (isMalformed(key)) throw new Error(`${given}: ${key.malformed}`);
	return key;
}
/** A bundle is a folder or a zip, whose first bytes are "PK"; a certificate is text. */
async function isCertificate(path) {
	if ((await statOrFail(path)).isDirectory()) return false;
	const handle = await openForReading(path);
	try {
		const { buffer, bytesRead } = await handle.read(/* @__PURE__ */ new Uint8Array(16), 0, 16, 0);
		return /^(?:c2sp\.org\/|\s*\{)/.test(Buffer.from(buffer.subarray(0, bytesRead)).toString("latin1"));
	} finally {
		await handle.close();
	}
}
async function runCertificate({ path, keys, json, language }) {
	const report = verifyCertificateFile(await readText(path), {
		keys,
		crypto: nodeCrypto
	});
	const verdict = certificateVerdict(report);
	process.stdout.write(json ? `${JSON.stringify({
		verdict,
		index: report.index,
		leaf: report.leaf,
		failures: report.failures
	})}\n` : certificateText(report, language));
	return exitCodes[verdict];
}
async function runBundle(request) {
	const { json, language } = request;
	const report = await verifyPath(request);
	process.stdout.write(json ? `${JSON.stringify(report)}\n` : reportText(report, language));
	return exitCodes[report.verdict];
}
async function verifyPath({ path, keys, since, json }) {
	const progress = makeProgress(!json);
	const check = async (bundle) => {
		const report = await verifyBundle(bundle, {
			crypto: nodeCrypto,
			keys,
			progress: progress.show,
			...since === null ? {} : { since }
		});
		progress.end();
		return report;
	};
	if ((await statOrFail(path)).isDirectory()) return check(await openFolder(path));
	const handle = await openForReading(path);
	try {
		return await check(await openZip(await randomAccess(handle)));
	} catch (error) {
		progress.end();
		throw new Error(`${basename(path)}: ${error instanceof Error ? error.message : "cannot be read"}`);
	} finally {
		await handle.close();
	}
}

// cli/single-file.ts
/**
* The source of verify.mjs, the one-file verifier in every bundle: `quanheng verify` for a plain Node from 18 on,
* with nothing to install. What Node 18 lacks is put there first; newer ones use their own.
*/
if (!("isWellFormed" in String.prototype)) Object.defineProperty(String.prototype, "isWellFormed", { value: function isWellFormed() {
	return !/\p{Surrogate}/u.test(this);
} });
if (!(() => {
	try {
		return new DecompressionStream("deflate-raw") instanceof DecompressionStream;
	} catch {
		return false;
	}
})()) Object.defineProperty(globalThis, "DecompressionStream", { value: function DecompressionStream() {
	return Duplex.toWeb(createInflateRaw());
} });
process.exitCode = await run(process.argv.slice(2), "node verify.mjs");

export {  };