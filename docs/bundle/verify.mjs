#!/usr/bin/env node
/*! Quanheng, the one-file verifier. Apache-2.0. Built from contracts/ledger of the source repository.
 * Holds parts of zod (MIT, Colin McDonnell), canonicalize (Apache-2.0, Samuel Erdtman) and, in the browser,
 * @noble/hashes and @noble/curves (MIT, Paul Miller). */
import { Duplex } from "node:stream";
import { createInflateRaw } from "node:zlib";
import { open, readFile, readdir, realpath, stat } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { join, sep } from "node:path";
import { parseArgs } from "node:util";
import { closeSync, existsSync, lstatSync, openSync, readFileSync, readSync, realpathSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { MessageChannel, Worker, receiveMessageOnPort } from "node:worker_threads";
import * as crypto from "node:crypto";
import { setFlagsFromString } from "node:v8";

// contracts/bytes.ts
/** Bytes as text and back; nothing here depends on Node, so that the browser verifier can use it. */
const encoder = new TextEncoder();
const decoder$2 = new TextDecoder("utf-8", {
	fatal: true,
	ignoreBOM: true
});
const utf8 = (text) => encoder.encode(text);
/** Decodes strictly: throws TypeError on bytes that are not UTF-8, keeps a byte order mark as a character. */
const fromUtf8 = (bytes) => decoder$2.decode(bytes);
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
	checkpoint_by_former_key: ["The checkpoint is signed only by a key that the log had given up before.", "检查点仅由日志此前已停用的密钥签名。"],
	rotation_malformed: ["The proof of a change of keys cannot be read: #.", "密钥更换证明无法读取：#。"],
	rotation_proof_wrong: ["The proof does not lead from the record that changes the key to its checkpoint.", "证明不能从密钥更换记录推导到其检查点。"],
	rotation_not_by_former_key: ["The change of keys is not signed by the key before: it did not announce the new one.", "密钥更换未经原密钥签名：原密钥并未公告新密钥。"],
	rotation_not_by_new_key: ["The change of keys is not signed by the new key: nothing shows that the log has it.", "密钥更换未经新密钥签名：无法证明日志持有新密钥。"],
	rotation_out_of_order: ["The change of keys does not follow from the one before, or from your key: number #.", "密钥更换与前一次更换（或您的公钥）不衔接：第 # 次。"],
	rotation_not_in_log: ["The log does not continue the checkpoint under which its key was changed: #.", "日志与其更换密钥时的检查点不连续：#。"],
	rotation_unproven: ["The record changes the log's key, and the bundle does not show that both keys signed it.", "该记录更换日志密钥，但导出包未能证明新旧两把密钥均已签名。"],
	cosignature_bad: ["The checkpoint carries a wrong signature under a witness's name: #.", "检查点上以见证方名义的联署有误：#。"],
	quorum_missing: ["Too few of your policy's witnesses have cosigned the checkpoint; missing: #.", "联署该检查点的见证方未达到您的策略要求；缺少：#。"],
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
	record_not_asked_for: ["The record belongs to none of the threads that were asked for.", "该记录不属于所申请的任何线索。"],
	thread_record_missing: ["The record belongs to thread # and is missing from the bundle.", "该记录属于线索 #，但导出包中缺少它。"],
	thread_incomplete: ["Records of a thread are missing or too many, by the sealed index; records and last one, in the bundle and by the index: #.", "按线索总表，线索的记录有缺失或多余；导出包与总表所载条数及末条分别为：#。"],
	thread_not_counted: ["The bundle does not show how many records the sealed index counts in thread #.", "导出包未给出线索总表中该线索的记录数：#。"],
	index_line_malformed: ["A line of the sealed index cannot be read: #.", "线索总表的行无法读取：#。"],
	index_proof_wrong: ["The line does not lead to the root of the sealed index: bucket #.", "该行不能推导到线索总表的根：第 # 组。"],
	index_not_named: ["The record is not the sealed index that the manifest names.", "该记录不是清单所指的线索总表。"],
	index_wrong: ["The record's map of all threads is not that of the log; it should be: #.", "记录所载线索总表与日志不符，应为：#。"],
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
const failureCodes = Object.keys(sentences);
/** Names and details come out of a bundle; a sentence stays one that people read. */
const maxPart = 300;
const short = (text) => text.length <= maxPart ? text : `${text.slice(0, maxPart)}…`;
function failure$1(code, { record, file, detail }) {
	const [en, zh] = sentences[code];
	const part = short(detail ?? "");
	return {
		code,
		...record === void 0 ? {} : { record },
		...file === void 0 ? {} : { file: short(file) },
		en: en.replace("#", () => part),
		zh: zh.replace("#", () => part)
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
/** `keptBelow`: of a stream that uses its memory again, what is not yet as long as this has to be kept elsewhere. */
async function collect(stream, path, maxBytes, keptBelow = 0) {
	const parts = [];
	let length = 0;
	for await (const part of stream) {
		length += part.length;
		if (length > maxBytes) throw new VerificationStop("file_too_large", { file: path });
		parts.push(length < keptBelow ? part.slice() : part);
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
const lineFeed$1 = 10;
/**
* Lines split on 0x0A only, without it; one chunk of the stream is in memory at a time, in memory of its own, so that
* the stream may use its own again.
*/
var LineReader = class {
	chunks;
	path;
	maxLine;
	isKept;
	/** The bytes in memory; the next line begins at `start` and, after `peek`, ends before `end`. */
	bytes = /* @__PURE__ */ new Uint8Array(0);
	start = 0;
	end = 0;
	memory = /* @__PURE__ */ new Uint8Array(0);
	/** True when the file has bytes after its last line feed; they were answered as a last line. */
	unterminated = false;
	/** `isKept`: lines that were answered stay as they are until `gather`; else only until the next is asked for. */
	constructor(stream, path, maxLine, isKept = false) {
		this.chunks = stream[Symbol.asyncIterator]();
		this.path = path;
		this.maxLine = maxLine;
		this.isKept = isKept;
	}
	/** Whether the next line is in memory, whole and with its line feed; says so without waiting. */
	peek() {
		if (this.end <= this.start) this.end = this.bytes.indexOf(lineFeed$1, this.start);
		return this.end >= 0;
	}
	/**
	* Takes as many next lines into memory as there is room for, and writes down where they begin and end: fewer where
	* the file ends, a line is too long, or all are longer than `most` together. No line that was answered before may be
	* looked at any more.
	*/
	async gather(starts, ends, most = Number.POSITIVE_INFINITY) {
		let count = 0;
		for (let next = this.start; count < ends.length && next - this.start <= most;) {
			const end = this.bytes.indexOf(lineFeed$1, next);
			if ((end < 0 ? this.bytes.length : end) - next > this.maxLine) return count;
			if (end >= 0) {
				starts[count] = next;
				ends[count] = end;
				count += 1;
				next = end + 1;
				continue;
			}
			const moved = this.start;
			const chunk = await this.chunks.next();
			if (chunk.done === true) return count;
			this.append(chunk.value, true);
			next -= moved;
			for (let i = 0; i < count; i++) {
				starts[i] = starts[i] - moved;
				ends[i] = ends[i] - moved;
			}
		}
		return count;
	}
	/** Goes on after the line that `peek` found. */
	skip() {
		this.start = this.end + 1;
	}
	/** The next line, or null at the end. Stops at a line that is too long. */
	async next() {
		while (!this.peek()) {
			if (this.bytes.length - this.start > this.maxLine) throw new VerificationStop("file_too_large", { file: this.path });
			const chunk = await this.chunks.next();
			if (chunk.done === true) return this.takeRest();
			this.append(chunk.value, !this.isKept);
		}
		if (this.end - this.start > this.maxLine) throw new VerificationStop("file_too_large", { file: this.path });
		const line = this.bytes.subarray(this.start, this.end);
		this.skip();
		return line;
	}
	takeRest() {
		if (this.start === this.bytes.length) return null;
		this.unterminated = true;
		const line = this.bytes.subarray(this.start);
		this.start = this.bytes.length;
		return line;
	}
	append(chunk, inPlace) {
		const kept = this.bytes.length - this.start;
		const length = kept + chunk.length;
		if (inPlace && length <= this.memory.length) this.memory.copyWithin(0, this.start, this.start + kept);
		else {
			const memory = new Uint8Array(Math.max(length, inPlace ? length + length / 4 : 0));
			memory.set(this.bytes.subarray(this.start));
			this.memory = memory;
		}
		this.memory.set(chunk, kept);
		this.bytes = this.memory.subarray(0, length);
		this.start = 0;
		this.end = 0;
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
function isObject$1(data) {
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
	if (isObject$1(o) === false) return false;
	const ctor = o.constructor;
	if (ctor === void 0) return true;
	if (typeof ctor !== "function") return true;
	const prot = ctor.prototype;
	if (isObject$1(prot) === false) return false;
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
const base64$1 = /^$|^(?:[0-9a-zA-Z+/]{4})*(?:(?:[0-9a-zA-Z+/]{2}==)|(?:[0-9a-zA-Z+/]{3}=))?$/;
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
const number$1 = /^-?\d+(?:\.\d+)?$/;
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
const version$2 = {
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
	inst._zod.version = version$2;
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
	inst._zod.pattern = number$1;
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
	const isObject = isObject$1;
	const catchall = def.catchall;
	let value;
	const memo = globalConfig.memoizer;
	memo?.attach(inst);
	inst._zod.parse = (payload, ctx) => {
		value ?? (value = _normalized.value);
		const input = payload.value;
		if (!isObject(input)) {
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
	const isObject = isObject$1;
	const jit = !globalConfig.jitless;
	const allowsEval$1 = allowsEval;
	const fastEnabled = jit && allowsEval$1.value;
	const catchall = def.catchall;
	let value;
	inst._zod.parse = (payload, ctx) => {
		value ?? (value = _normalized.value);
		const input = payload.value;
		if (!isObject(input)) {
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
function _custom(Class, fn, _params) {
	const norm = normalizeParams(_params);
	norm.abort ?? (norm.abort = true);
	return new Class({
		type: "custom",
		check: "custom",
		fn,
		...norm
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
const exactPatterns = /* @__PURE__ */ new Map([[base64Charset, base64$1], [base64urlCharset, base64url]]);
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
const decode$1 = /* @__PURE__ */ _decode(ZodRealError);
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
		return decode$1(this, data, params, { callee: _decode });
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
function never$1(params) {
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
		return this.clone(mergeDefs(this._zod.def, { catchall: never$1() }));
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
		catchall: never$1(),
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
function literal$1(value, params) {
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
function custom(fn, _params) {
	return _custom(ZodCustom, fn ?? (() => true), _params);
}
function refine(fn, _params = {}) {
	return _refine(ZodCustom, fn, _params);
}
function superRefine(fn, params) {
	return _superRefine(fn, params);
}

// contracts/time.ts
const form = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
function isTime(text) {
	if (typeof text !== "string" || !form.test(text)) return false;
	const ms = Date.parse(text);
	return !Number.isNaN(ms) && toTime(ms) === text;
}
const toTime = (ms) => new Date(ms).toISOString();

// contracts/ledger/malformed.ts
const malformed = (reason) => ({ malformed: reason });
function isMalformed(value) {
	return typeof value === "object" && value !== null && "malformed" in value;
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
	if (!/["\r\n]/.test(line)) return line.split(",");
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
/**
* The one text of a value. Throws CanonicalJsonError on a value outside the narrowed form. `JSON.stringify`
* agrees with JCS on everything but the order of members (and lone surrogates, which are refused), and is several
* times faster than a canonicaliser.
*/
function canonicalJson(value) {
	if (check(value, 0, false)) return JSON.stringify(value);
	const text = canonicalize(value);
	if (text === void 0) throw new CanonicalJsonError("nothing to encode");
	return text;
}
/**
* Reads a text that must already be canonical: encoding the result again gives the same characters, so
* duplicate members, other white space, other number or escape forms and numbers beyond 2^53 are refused.
* Throws CanonicalJsonError.
*
* `JSON.stringify` is asked first, and only where it disagrees (for example on names that look like array
* indices) the full encoding decides.
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
function quote$2(text) {
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
	if (typeof value === "string") return quote$2(value);
	if (isCommitment(value)) return `{"commit":${quote$2(value.commit)}}`;
	return canonicalJson(value);
}
function isCommitment(value) {
	if (typeof value !== "object" || value === null) return false;
	const names = Object.keys(value);
	return names.length === 1 && names[0] === "commit" && isHash(value.commit);
}
/** Begins with 0x00 and holds a leaf for as long as it is hashed. */
const scratch$1 = /* @__PURE__ */ new Uint8Array(32769);
/** SHA-256(0x00 ‖ leaf): RFC 6962 section 2.1. Chain and tree use the same hash. */
function leafHash(leaf, sha256) {
	if (leaf.length <= 32768) {
		scratch$1.set(leaf, 1);
		return sha256(scratch$1.subarray(0, leaf.length + 1));
	}
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
	if (!isObject(value)) return malformed("not a JSON object");
	const envelopeProblem = problemOfEnvelope(value);
	if (envelopeProblem !== null) return malformed(envelopeProblem);
	if (value.v !== 1) return { unknownVersion: value };
	const problem = problemOfMembers(value);
	if (problem !== null) return malformed(problem);
	return { leaf: value };
}
const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
const isCount$1 = (value) => Number.isSafeInteger(value) && value >= 0;
function problemOfEnvelope(value) {
	if (!isCount$1(value.v) || value.v < 1) return "v is not a record version";
	if (!isOrigin(value.log)) return "log is not an origin";
	if (!isCount$1(value.index)) return "index is not a position";
	if (!isHash(value.prev)) return "prev is not a hash";
	return null;
}
function problemOfMembers(value) {
	if (Object.keys(value).join() !== memberNames) return "a member is missing or unknown";
	if (!isTime(value.occurredAt)) return "occurredAt is not a time";
	if (!isTime(value.at)) return "at is not a time";
	if (typeof value.type !== "string" || !typeForm.test(value.type)) return "type is not <name>@<version>";
	if (!isActor(value.actor)) return "actor has neither of its two forms";
	if (!isObject(value.body)) return "body is not an object";
	return problemOfThreads(value.threads, value.index);
}
function isActor(value) {
	if (!isObject(value)) return false;
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
		if (!isCount$1(n) || n < 1) return "a thread's n does not count from 1";
		if (n === 1 ? prevIndex !== null : !isCount$1(prevIndex)) return "a thread's prevIndex does not fit its n";
		if (typeof prevIndex === "number" && prevIndex >= index) return "a thread points forward";
	}
	return null;
}

// contracts/ledger/filter.ts
/** What a filtered bundle holds all records of. */
const filterKinds = [
	"trade",
	"listing",
	"party"
];

// contracts/ledger/note.ts
/** Signature types of c2sp.org/signed-note; only Ed25519 is checked here, others count as unknown keys. */
const ed25519Type = 1;
const maxNoteBytes$1 = 1e6;
const maxSignatures = 100;
const nameForm = /^[^\s+\u0085]+$/u;
const hasControls = (text) => {
	for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) < 32 && text[i] !== "\n") return true;
	return false;
};
/** A key's name: no white space, no plus, no control characters. */
const isKeyName = (text) => nameForm.test(text) && !hasControls(text);
/** First 4 bytes of SHA-256(name ‖ 0x0A ‖ type ‖ public key), as hex. */
function keyIdOf(name, type, publicKey, sha256) {
	return toHex(sha256(concat(utf8(`${name}\n`), Uint8Array.of(type), publicKey)).subarray(0, 4));
}
function verifierKey(name, publicKey, sha256) {
	if (!isKeyName(name) || publicKey.length !== 32) throw new Error("not a key name and an Ed25519 public key");
	return {
		name,
		keyId: keyIdOf(name, 1, publicKey, sha256),
		publicKey
	};
}
/** `name+hex(key id)+base64(type ‖ public key)`, without a newline. */
function formatVerifierKey(key) {
	return `${key.name}+${key.keyId}+${toBase64(concat(Uint8Array.of(1), key.publicKey))}`;
}
/** One verifier key; a single final newline, as a file has it, is allowed. */
function parseVerifierKey(text, sha256) {
	const parts = /^([^\s+\u0085]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)\n?$/u.exec(text);
	if (parts === null || !isKeyName(parts[1])) return malformed("not a verifier key: name+id+key");
	const bytes = base64(parts[3]);
	if (bytes === null || bytes.length !== 33 || bytes[0] !== 1) return malformed("not an Ed25519 key");
	const key = verifierKey(parts[1], bytes.slice(1), sha256);
	return key.keyId === parts[2] ? key : malformed("the key's id is not that of its name and bytes");
}
function base64(text) {
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
/** Strict: whatever does not print to the same bytes again is malformed. At least one signature line. */
function parseNote(source) {
	if (source.length > maxNoteBytes$1) return malformed("a note is too long");
	const whole = typeof source === "string" ? source : decode(source);
	if (whole === null || !whole.isWellFormed()) return malformed("a note is not UTF-8");
	if (typeof source === "string" && utf8(source).length > maxNoteBytes$1) return malformed("a note is too long");
	if (hasControls(whole)) return malformed("a note has control characters");
	const split = whole.lastIndexOf("\n\n");
	if (split < 0) return malformed("a note has no empty line before its signatures");
	const text = whole.slice(0, split + 1);
	const lines = whole.slice(split + 2).split("\n");
	if (lines.pop() !== "" || lines.length === 0) return malformed("a note has no signature line");
	if (lines.length > maxSignatures) return malformed("a note has too many signatures");
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
function decode(bytes) {
	try {
		return fromUtf8(bytes);
	} catch {
		return null;
	}
}
/** One signature line, without its newline. */
function parseSignatureLine(line) {
	const parts = /^\u2014 ([^\s+\u0085]+) ([A-Za-z0-9+/=]+)$/u.exec(line);
	const bytes = parts === null ? null : base64(parts[2]);
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
const sameKey = (a, b) => a.name === b.name && equalBytes(a.publicKey, b.publicKey);

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
	threads: "threads.jsonl",
	manifest: "manifest.json",
	manifestNote: "manifest.note"
};
const consistencyFile = (from, to) => `consistency/${from}-${to}`;
/** The proof of the log's n-th change of keys (contracts/ledger/rotation.ts), from 1. */
const rotationFile = (n) => `rotations/${n}`;
/** Plain relative names only: no `..`, no hidden files, no absolute or Windows forms, at most 200 characters. */
function isSafePath(path) {
	return path.length <= 200 && /^[A-Za-z0-9_-][A-Za-z0-9._-]*(?:\/[A-Za-z0-9_-][A-Za-z0-9._-]*)*$/.test(path);
}
const position = int().min(0);
const line = string().max(2e3).refine((text) => text.isWellFormed());
/**
* A filtered bundle holds all records of some threads of the whole log, and no others: of `keys`, and of every
* trade (`trd_…`) that a record of theirs names. `index` is the record of type `index.sealed@1` whose map counts
* them up to `size`; threads.jsonl holds its lines. What follows is in the bundle's entry bundles, all of it. Null
* while the log has no such record: then all records are there.
*/
const filterSchema = strictObject({
	kind: _enum(filterKinds),
	keys: array(string().regex(/^[\x21-\x7e]{1,128}$/)).min(1).max(4),
	index: strictObject({
		record: position,
		size: position,
		root: string().refine(isHash)
	}).nullable()
});
const manifestSchema = strictObject({
	format: literal$1(manifestFormat),
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
	filter: filterSchema.nullable(),
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
/**
* Whether a text is laid out as a manifest: one thing a line, indented by its depth, which is at most 3. What is not
* would be refused anyway, but only after JSON of any depth and of millions of lists was made of it.
*/
function hasManifestLayout(text) {
	let depth = 0;
	for (let start = 0; start < text.length;) {
		const end = text.indexOf("\n", start);
		if (end < 0 || end - start > maxManifestLine) return false;
		const parts = manifestLine.exec(text.slice(start, end));
		if (parts === null) return false;
		if (parts[2] !== void 0) depth -= 1;
		if (parts[1].length !== depth) return false;
		if (parts[3] !== void 0) depth += 1;
		if (depth > 3) return false;
		start = end + 1;
	}
	return true;
}
/** A string of 2,000 characters, each escaped, and its member's name. */
const maxManifestLine = 13e3;
const manifestLine = /^( *)(?:([}\]]),?|(?:"[a-zA-Z0-9]+": )?(?:([{[])|(?:"(?:[^"\\]|\\.)*"|[^"{}[\],]*|\[\]),?))$/;
/** Strict: names are safe and sorted, and the text is the one form of what it says. */
function parseManifest(text) {
	if (!hasManifestLayout(text)) return malformed("not laid out as a manifest");
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
	const { range, size, filter, files } = manifest;
	if (range.from > range.to || range.to > size) return malformed("the range lies outside of the log");
	if (filter !== null && (range.from !== 0 || range.to !== size)) return malformed("a filter is of the whole log");
	if (filter?.keys.some((key, i) => i > 0 && key <= filter.keys[i - 1])) return malformed("the filter's keys are not sorted, each once");
	if (filter?.index && !(filter.index.size <= filter.index.record && filter.index.record < size)) return malformed("the index lies outside of the log");
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
* and follow. `debit` and `credit` are whole minor units, one of the two empty; `nonce` is the journal's, or empty.
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
	"currency",
	"nonce"
];
/** Those of bundles from before journals had nonces. */
const oldBookColumns = bookColumns.slice(0, -1);
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
	lanes;
	listed = /* @__PURE__ */ new Map();
	unread = /* @__PURE__ */ new Set();
	missing = /* @__PURE__ */ new Set();
	/** What is to be said of those that were to be compared later, in the order in which they were read. */
	later = [];
	doneBytes = 0;
	totalBytes;
	constructor(bundle, manifest, crypto, failures, progress, lanes = null) {
		this.bundle = bundle;
		this.crypto = crypto;
		this.failures = failures;
		this.progress = progress;
		this.lanes = lanes;
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
	async *stream(path, reuse = false) {
		const file = this.listed.get(path);
		if (file === void 0 || !await this.bundle.has(path)) return this.noteMissing(path);
		const counted = this.unread.has(path);
		const hash = this.hashOf(path, counted);
		let length = 0;
		try {
			for await (const part of this.bundle.stream(path, reuse)) {
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
		if (!this.unread.delete(path)) return;
		if (path.startsWith("tile/")) this.compareLater(file, length, hash);
		else this.compare(file, length, toHex(hash.digest()));
	}
	/**
	* A lane hashes a third as fast as all of `runningSha256`: a single long file is better off with that, unless the
	* other lanes have as much to do.
	*/
	hashOf(path, counted) {
		const { crypto, lanes } = this;
		if (!counted || !isRecordsFile(path)) return crypto.runningSha256();
		if (crypto.fileHashes) return crypto.fileHashes.open();
		return (path !== bundleFiles.records || this.has(bundleFiles.recordsTable) ? lanes?.stream() : null) ?? crypto.runningSha256();
	}
	/** Of the small ones another is read at once, so that these may wait for lanes that are free. */
	compareLater(file, length, hash) {
		const place = this.later.push(null) - 1;
		const told = (digest) => {
			const isRight = length === file.bytes && toHex(digest) === file.sha256;
			this.later[place] = isRight ? null : () => this.compare(file, length, toHex(digest));
		};
		if ("end" in hash) hash.end(told);
		else told(hash.digest());
	}
	/** Until every file that was read has been compared with the manifest. */
	settle() {
		this.crypto.fileHashes?.settle();
		this.lanes?.settle();
		for (const compare of this.later) compare?.();
		this.later.length = 0;
	}
	lines(path, maxLine, areKept = false) {
		return new LineReader(this.stream(path, true), path, maxLine, areKept);
	}
	/**
	* A whole small file, or null when it is not there (noted as a failure). With `reuse` its bytes are only good until
	* another file is read; a file that is longer than listed, and so refused, may then be read wrongly.
	*/
	async read(path, maxBytes, reuse = false) {
		const keptBelow = reuse ? this.bytesOf(path) : 0;
		const bytes = await collect(this.stream(path, reuse), path, maxBytes, keptBelow);
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
		for (const path of [...this.unread]) for await (const _ of this.stream(path, true));
		try {
			for await (const path of this.bundle.list()) this.checkName(path);
		} catch (error) {
			this.failures.add("bundle_unreadable", { detail: reason(error) });
		}
	}
	checkName(path) {
		if (path === bundleFiles.manifest || path === bundleFiles.manifestNote || this.listed.has(path)) return;
		this.failures.add(isSafePath(path) ? "file_unlisted" : "file_name_unsafe", { file: path });
	}
};
/** The large ones, which are read side by side. */
const isRecordsFile = (path) => path === bundleFiles.records || path === bundleFiles.recordsTable || path.startsWith("tile/entries/");
/** A sentence fragment for a report: no line breaks, no stack, not long. */
const reason = (error) => (error instanceof Error ? error.message : "unknown").split("\n")[0]?.slice(0, 200) ?? "";

// contracts/ledger/certificate-form.ts
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
		if (extra?.length === 0) return malformed("a certificate without extra data leaves the line away");
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

// contracts/ledger/head-keys.ts
/** The keys that heads of a log may be signed with: by their size where its rotations are known, else any of them. */
var HeadKeys = class {
	known;
	rotations;
	constructor(known, rotations = []) {
		this.known = known;
		this.rotations = rotations;
	}
	/** The keys that the log itself may have signed a head of this size with; the handover counts as the new key's. */
	at(size) {
		return this.rotations.length === 0 ? this.known : this.known.slice(this.turnAt(size)).slice(0, 1);
	}
	/** How many rotations lie before a head of this size. */
	turnAt(size) {
		return this.rotations.filter(({ handover }) => handover.size <= size).length;
	}
	judge({ unverifiedCheckpoint, note }, verify) {
		const { origin, size } = unverifiedCheckpoint;
		const verdict = verifyNote(note, this.known, verify);
		if ("badKey" in verdict) return "bad";
		const own = verdict.verifiedBy.filter(({ name }) => name === origin);
		if (own.length === 0) return "unknown_key";
		const due = this.at(size);
		return own.some((key) => due.some((one) => sameKey(one, key))) ? "signed" : "former_key";
	}
};
/**
* The keys for a head: `brought` are the reader's, null when there are none; `own` is the key that came with the
* head, which is used then. Where one of them stands in the chain of rotations, the whole chain is known.
*/
function keysForHead(brought, own, rotations, { size }) {
	const anchors = brought ?? (own === null ? [] : [own]);
	const [first] = rotations;
	const chain = first === void 0 ? [] : [first.from, ...rotations.map(({ to }) => to)];
	const places = chain.flatMap((key, i) => anchors.some((one) => sameKey(one, key)) ? [i] : []);
	if (places.length === 0) return {
		heads: new HeadKeys(anchors),
		brought: brought !== null,
		compromised: false,
		astray: chain.length > 0 && anchors.length > 0
	};
	const heads = new HeadKeys(chain, rotations);
	const turn = heads.turnAt(size);
	const isDoubtful = (place) => rotations.slice(Math.min(place, turn), Math.max(place, turn)).some(({ reason }) => reason === "compromised");
	const compromised = brought !== null && places.every(isDoubtful);
	return {
		heads,
		brought: brought !== null,
		compromised,
		astray: false
	};
}

// contracts/ledger/merkle.ts
/** The root of the tree without leaves: SHA-256 of nothing. */
const emptyRoot = (sha256) => sha256(/* @__PURE__ */ new Uint8Array(0));
/** 0x01 and room for two hashes, for as long as they are hashed. */
const scratch = Uint8Array.of(1, ...new Array(64).fill(0));
/** SHA-256(0x01 ‖ left ‖ right). */
function nodeHash(left, right, sha256) {
	if (left.length === 32 && right.length === 32) {
		scratch.set(left, 1);
		scratch.set(right, 33);
		return sha256(scratch);
	}
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
/** The range after appending a perfect subtree, which must begin at a multiple of its width. */
function appendSubtree(range, subtree, sha256, listener) {
	const width = 2 ** subtree.level;
	if (range.size % width !== 0) throw new Error("a subtree begins at a multiple of its width");
	const edge = range.edge.slice();
	let { level, hash } = subtree;
	let index = range.size / width;
	listener(level, index, hash);
	while (index % 2 === 1) {
		hash = nodeHash(edge.pop(), hash, sha256);
		index = (index - 1) / 2;
		level += 1;
		listener(level, index, hash);
	}
	edge.push(hash);
	return {
		size: range.size + width,
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

// contracts/ledger/cosignature.ts
/**
* Cosignatures (c2sp.org/tlog-cosignature), Ed25519: a witness says that at this time the checkpoint was the
* largest of its log that it had seen, and that it continues all that it saw before. What is signed is
*
*     cosignature/v1
*     time <unix seconds>
*     <the checkpoint's text, all of it>
*
* and the line on the note carries the time (8 bytes, big-endian) before the signature.
*/
const cosignatureType = 4;
const cosignatureBytes = 72;
function cosignerKey(name, publicKey, sha256) {
	if (!isKeyName(name) || publicKey.length !== 32) throw new Error("not a key name and an Ed25519 public key");
	return {
		cosigner: name,
		keyId: keyIdOf(name, 4, publicKey, sha256),
		publicKey
	};
}
/** One verifier key of a witness; a single final newline, as a file has it, is allowed. */
function parseCosignerKey(text, sha256) {
	const parts = /^([^\s+\u0085]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)\n?$/u.exec(text);
	if (parts === null || !isKeyName(parts[1])) return malformed("not a verifier key: name+id+key");
	let bytes;
	try {
		bytes = fromBase64(parts[3]);
	} catch {
		return malformed("not a verifier key: its bytes are not base64");
	}
	if (bytes[0] !== 4) return malformed(`not a witness's Ed25519 key: its kind is ${bytes[0] ?? "missing"}, not 4`);
	if (bytes.length !== 33) return malformed("not an Ed25519 key");
	const key = cosignerKey(parts[1], bytes.slice(1), sha256);
	return key.keyId === parts[2] ? key : malformed("the key's id is not that of its name and bytes");
}
/** The bytes that a witness signs. `time` is a whole number of seconds. */
function cosignedMessage(text, time) {
	if (!Number.isSafeInteger(time) || time < 0) throw new Error("a cosignature's time is whole Unix seconds");
	return utf8(`cosignature/v1\ntime ${time}\n${text}`);
}
/** Takes a line's bytes apart. A time beyond 2^53 lies in no present, and is refused. */
function readCosignature({ signature }) {
	if (signature.length !== cosignatureBytes) return malformed("a cosignature is not a time and 64 bytes");
	const time = new DataView(signature.buffer, signature.byteOffset, 8).getBigUint64(0);
	if (time > BigInt(Number.MAX_SAFE_INTEGER)) return malformed("a cosignature's time is beyond 2^53");
	return {
		time: Number(time),
		signature: signature.slice(8)
	};
}
/**
* Checks the cosignatures on a note, in the order of the keys. Lines of unknown keys are ignored; a known key's
* line that does not fit rejects the note (c2sp.org/signed-note), whatever else stands on it.
*/
function verifyCosignatures(note, keys, verify) {
	const cosigned = [];
	for (const key of keys) {
		const lines = note.signatures.filter(({ name, keyId }) => name === key.cosigner && keyId === key.keyId);
		const times = [];
		for (const line of lines) {
			const read = readCosignature(line);
			if (isMalformed(read)) return { badKey: key };
			if (!verify(key.publicKey, cosignedMessage(note.text, read.time), read.signature)) return { badKey: key };
			times.push(read.time);
		}
		if (times.length > 0) cosigned.push({
			key,
			time: Math.max(...times)
		});
	}
	return { cosigned };
}

// contracts/ledger/policy.ts
const maxPolicyBytes = 262144;
/**
* Reads a policy file. Strict, for a misread policy would be a hole: an unknown line, a name that is not defined
* yet or twice, a missing or second quorum, a file cut off within its last line are malformed, with the line's
* number. A witness's key of a kind that this verifier cannot check is malformed too, never left out silently.
*/
function parsePolicy(source, sha256) {
	const bytes = typeof source === "string" ? utf8(source) : source;
	if (bytes.length > maxPolicyBytes) return malformed("a policy is too long");
	const octets = readOctets(bytes);
	if (octets === null) return malformed("a policy has control characters other than tab and newline");
	const lines = octets.split("\n");
	if (lines.pop() !== "") return malformed("a policy's last line has no end: it may be cut off");
	const draft = {
		logs: [],
		witnesses: [],
		groups: [],
		defined: /* @__PURE__ */ new Set(),
		taken: /* @__PURE__ */ new Set(),
		quorum: void 0
	};
	for (const [at, line] of lines.entries()) {
		const items = line.split(/[ \t]+/).filter((item) => item !== "");
		if (items.length === 0 || items[0]?.startsWith("#")) continue;
		const wrong = readLine(items, draft, sha256);
		if (wrong !== null) return malformed(`line ${at + 1}: ${wrong}`);
	}
	const { logs, witnesses, groups, quorum } = draft;
	if (quorum === void 0) return malformed("a policy has no quorum line");
	return {
		logs,
		witnesses,
		groups,
		quorum
	};
}
function readOctets(bytes) {
	let text = "";
	for (const byte of bytes) {
		if (byte < 32 && byte !== 9 && byte !== 10 || byte === 127) return null;
		text += String.fromCharCode(byte);
	}
	return text;
}
/** What is wrong with the line, or null. */
function readLine([word, ...items], draft, sha256) {
	if (word === "log") return readLog(items, draft, sha256);
	if (word === "witness") return readWitness(items, draft, sha256);
	if (word === "group") return readGroup(items, draft);
	if (word === "quorum") return readQuorum(items, draft);
	return "it begins with none of log, witness, group, quorum";
}
function readLog(items, { logs }, sha256) {
	const [vkey, url = null] = items;
	if (vkey === void 0 || items.length > 2) return "a log is its key and perhaps an address";
	const key = parseVerifierKey(textOf$2(vkey), sha256);
	if (isMalformed(key)) return key.malformed;
	if (logs.some((log) => toHex(log.key.publicKey) === toHex(key.publicKey))) return "this key is named twice";
	logs.push({
		key,
		url
	});
	return null;
}
function readWitness(items, draft, sha256) {
	const [name, vkey, url = null] = items;
	if (name === void 0 || vkey === void 0 || items.length > 3) return "a witness is a name, its key and perhaps an address";
	const key = parseCosignerKey(textOf$2(vkey), sha256);
	if (isMalformed(key)) return key.malformed;
	if (draft.witnesses.some((known) => toHex(known.key.publicKey) === toHex(key.publicKey))) return "this key is named twice";
	const wrong = define(name, draft);
	if (wrong === null) draft.witnesses.push({
		name,
		key,
		url
	});
	return wrong;
}
function readGroup([name, rule, ...members], draft) {
	if (name === void 0 || rule === void 0 || members.length === 0) return "a group is a name, any, all or a number, and its members";
	for (const member of members) {
		if (!draft.defined.has(member)) return `${textOf$2(member)} is not defined before this line`;
		if (draft.taken.has(member)) return `${textOf$2(member)} is a member already`;
		draft.taken.add(member);
	}
	const threshold = rule === "any" ? 1 : rule === "all" ? members.length : wholeNumber(rule);
	if (!(threshold >= 1 && threshold <= members.length)) return "its number is not from 1 to its members";
	const wrong = define(name, draft);
	if (wrong === null) draft.groups.push({
		name,
		threshold,
		members
	});
	return wrong;
}
const wholeNumber = (text) => /^[1-9][0-9]{0,5}$/.test(text) ? Number(text) : NaN;
function define(name, { defined }) {
	if (name === "none") return "the name none has its own meaning";
	if (defined.has(name)) return `${textOf$2(name)} is defined twice`;
	defined.add(name);
	return null;
}
function readQuorum([name, ...others], draft) {
	if (name === void 0 || others.length > 0) return "a quorum is one name";
	if (draft.quorum !== void 0) return "there is a quorum already";
	if (name !== "none" && !draft.defined.has(name)) return `${textOf$2(name)} is not defined before this line`;
	draft.quorum = name === "none" ? null : name;
	return null;
}
/** Octets as people read them; what is not UTF-8 stays as it is. */
function textOf$2(octets) {
	try {
		return fromUtf8(Uint8Array.from(octets, (character) => character.charCodeAt(0)));
	} catch {
		return octets;
	}
}
/** Judges the cosignatures of a checkpoint; its log's own signature is checked by `checkHeadSignature`. */
function judgeCosignatures(policy, { note }, verify) {
	const { witnesses } = policy;
	const verdict = verifyCosignatures(note, witnesses.map(({ key }) => key), verify);
	const nameOf = (key) => textOf$2(witnesses.find((one) => one.key === key)?.name ?? key.cosigner);
	if ("badKey" in verdict) return {
		met: false,
		cosigned: [],
		missing: witnesses.map(({ name }) => textOf$2(name)),
		bad: nameOf(verdict.badKey)
	};
	const signed = new Set(verdict.cosigned.map(({ key }) => key));
	return {
		met: isQuorum(policy, new Set(witnesses.filter(({ key }) => signed.has(key)).map(({ name }) => name))),
		cosigned: verdict.cosigned.map(({ key, time }) => ({
			name: nameOf(key),
			time
		})),
		missing: witnesses.filter(({ key }) => !signed.has(key)).map(({ name }) => textOf$2(name)),
		bad: null
	};
}
/** Whether these witnesses, by their names, are enough. */
function isQuorum({ groups, quorum }, witnesses) {
	if (quorum === null) return true;
	const witnessed = new Set(witnesses);
	for (const { name, threshold, members } of groups) if (members.filter((member) => witnessed.has(member)).length >= threshold) witnessed.add(name);
	return witnessed.has(quorum);
}
/** The policy's logs of this origin: the keys that a head of that log may be signed with. */
const logKeysOf = ({ logs }, origin) => logs.map(({ key }) => key).filter(({ name }) => name === origin);

// contracts/ledger/trust.ts
/** Keys that this log's head may be signed with, or null when the reader brought none: of policy and keys, what both hold. */
function trustedKeys({ keys, policy }, { origin }) {
	if (policy === void 0 || policy.logs.length === 0) return keys.length > 0 ? keys : null;
	const listed = logKeysOf(policy, origin);
	return keys.length === 0 ? listed : listed.filter((key) => keys.some((own) => sameKey(own, key)));
}
const headFailures = {
	signed: null,
	bad: "checkpoint_signature_bad",
	unknown_key: "checkpoint_not_signed_by_key",
	former_key: "checkpoint_by_former_key"
};
/** Judges a signed head: the log's own signature by these keys, then the cosignatures by the reader's policy. */
function judgeHead(head, keys, policy, verify) {
	const signature = keys.judge(head, verify);
	const failures = [];
	const failed = headFailures[signature];
	if (failed !== null) failures.push({ code: failed });
	if (policy === void 0) return {
		signature,
		witnesses: null,
		failures
	};
	const { bad, ...witnesses } = judgeCosignatures(policy, head, verify);
	if (bad !== null) failures.push({
		code: "cosignature_bad",
		detail: bad
	});
	else if (!witnesses.met) failures.push({
		code: "quorum_missing",
		detail: witnesses.missing.join(", ")
	});
	return {
		signature,
		witnesses,
		failures
	};
}
/**
* Whether a head without failures shows its log to this reader. A key that somebody else may have could have led
* them to another log; then only witnesses of theirs can tell which is the log that all see.
*/
function isAuthenticated({ brought, compromised }, { signature, witnesses }, policy) {
	if (!brought || signature !== "signed") return false;
	return !compromised || policy !== void 0 && policy.quorum !== null && witnesses?.met === true;
}

// contracts/ledger/certificate.ts
/**
* Checks a certificate: form, record, inclusion, signature, and cosignatures where the reader has a policy. `keys`
* are the reader's own (empty, and no log in a policy: nothing can be authenticated); `leaf` is the record's bytes where
* the certificate does not carry them; `rotations` are changes of the log's keys, in their order, each checked.
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
	const keys = trustedKeys(options, head.unverifiedCheckpoint);
	const trusted = keysForHead(keys, null, options.rotations ?? [], head.unverifiedCheckpoint);
	const judged = judgeHead(head, trusted.heads, options.policy, verifyEd25519);
	for (const { code, ...detail } of judged.failures) if (code !== "checkpoint_not_signed_by_key" || keys !== null) failures.push(failure$1(code, detail));
	const { index } = certificate;
	const { witnesses } = judged;
	const { compromised } = trusted;
	return {
		failures,
		authenticated: isAuthenticated(trusted, judged, options.policy),
		index,
		head,
		bytes,
		leaf,
		witnesses,
		compromised
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
	leaf: null,
	witnesses: null,
	compromised: false
});

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
	if (isMalformed(read)) return unreadCertificate(read.malformed);
	const report = verifyCertificate(read.proofText, options);
	const certificate = parseCertificate(read.proofText);
	if (isMalformed(certificate)) return report;
	const { opened, ...members } = read.members;
	const own = describeCertificate(certificate, read.proofText, options.crypto.sha256);
	const wrong = isMalformed(own) ? null : firstDifference(own, members);
	const found = opened === void 0 ? [] : failuresOfOpened(opened, report.leaf, certificate.index, options.crypto.sha256);
	const detail = `its member "${wrong}" does not follow from its proof`;
	if (wrong !== null) found.push(failure$1("certificate_malformed", {
		record: certificate.index,
		detail
	}));
	return found.length === 0 ? report : {
		...report,
		failures: [...report.failures, ...found]
	};
}
const openedForm = array(strictObject({
	path: string().max(200),
	salt: string().regex(/^[0-9a-f]{32}$/),
	value: unknown()
})).min(1).max(200);
/** What is wrong with the opened values: each must be the one that the record committed to, and stand there once. */
function failuresOfOpened(given, record, index, sha256) {
	const broken = () => [failure$1("certificate_malformed", {
		record: index,
		detail: "its member \"opened\" cannot be read"
	})];
	const read = openedForm.safeParse(given);
	if (!read.success || record === null || record.v !== 1) return broken();
	const leaf = record;
	if (new Set(read.data.map(({ path }) => path)).size < read.data.length) return broken();
	try {
		return read.data.filter(({ path, salt, value }) => {
			const one = {
				index: leaf.index,
				path,
				salt,
				value
			};
			return checkDisclosure(one, leaf, sha256) !== "fits";
		}).map(({ path }) => failure$1("disclosure_wrong", {
			record: index,
			detail: path
		}));
	} catch {
		return broken();
	}
}
function readCertificateJson(file) {
	if (file.length > 4e6) return malformed("it is too long");
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
/** What is to be said of something that is no certificate at all. */
const unreadCertificate = (detail) => ({
	failures: [failure$1("certificate_malformed", { detail })],
	authenticated: false,
	index: null,
	head: null,
	bytes: null,
	leaf: null,
	witnesses: null,
	compromised: false
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
const minorForm = /^(0|[1-9]\d{0,14})$/;
/** Up to 15 digits, so that every sum of a market fits a PostgreSQL bigint. No sign: amounts are not negative. */
const money = strictObject({
	minor: string().regex(minorForm),
	currency
});
const isCurrency = (text) => Object.hasOwn(currencies, text);
/** What `money` says, without zod: of a book there are millions of rows. */
const isMoney = (amount) => isCurrency(amount.currency) && minorForm.test(amount.minor);
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

// contracts/ledger/rotation-reason.ts
/**
* Why a log took another key: by its calendar, because other people or another machine now hold it, or because
* somebody else may have it. Of a key in other hands nothing is believed any more that it alone has signed.
*/
const rotationReasons = [
	"scheduled",
	"custody",
	"compromised"
];

// contracts/ledger/fact.ts
/**
* The closed list of certified facts. Each type says which members of its body stand in clear and which are
* confidential: those appear in the leaf as `{"commit": "<hex>"}` and are opened only to who is entitled
* (LEDGER §3). What stands in clear must not tell a rival who trades with whom, for how much, or which listing
* sells: types, times, random ids, state names, hashes of what nobody can guess. docs/disclosures.md says of each
* member in clear why it is harmless. A change to a body is a new version (`…@2`); a type that was once sealed is
* never removed, only no longer written.
*/
const hash$1 = string().regex(/^[0-9a-f]{64}$/);
const code = string().regex(/^[a-zA-Z][a-zA-Z0-9_.-]{0,63}$/);
const count = int().min(0);
const id = string().regex(/^[a-z]{3}_[0-9a-z]{26}$/);
/** A log's verifier key (c2sp.org/signed-note), in its one form; what it says is read where keys are judged. */
const vkey = string().regex(/^[a-z0-9/]{1,120}\+[0-9a-f]{8}\+[A-Za-z0-9+/]{44}$/);
const time = string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
const tradeState = _enum(tradeStates);
const side = _enum(sides);
const rail = _enum(rails);
/** Every fact of a noun names the noun's new version, so that none can be missing or doubled unseen. */
const version$1 = int().min(1);
/** A confidential value by its record and its place in it: `42#/body/authorisedPerson`. */
const place = string().regex(/^(0|[1-9][0-9]{0,14})#\/(actor|body\/[a-zA-Z]{1,40})$/);
const none$2 = [];
/** The forms of single members, by name: whoever reads bodies without zod knows a schema by being one of these. */
const factForms = {
	hash: hash$1,
	code,
	count,
	id,
	time,
	version: version$1
};
const trade = (shape) => strictObject({
	version: version$1,
	state: tradeState,
	...shape
});
const noun = (shape) => strictObject({
	version: version$1,
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
		secret: none$2
	},
	"party.unfrozen@1": {
		clear: noun({ freeze: id }),
		secret: none$2
	},
	"party.updated@1": {
		clear: noun({ fields: array(code) }),
		secret: ["bankAccount", "payee"]
	},
	"party.appointed@1": {
		clear: noun({ roles: array(code) }),
		secret: none$2
	},
	/** Fields that the party's own row no longer holds, by an erasure. */
	"party.erased@1": {
		clear: noun({
			erasure: id,
			fields: array(code)
		}),
		secret: none$2
	},
	/** What a regulator may see and do; none of either takes it away. */
	"party.entrusted@1": {
		clear: noun({
			regions: array(code),
			duties: array(code)
		}),
		secret: none$2
	},
	"registration.submitted@1": {
		clear: noun({
			versionHash: hash$1,
			termsHash: hash$1
		}),
		secret: none$2
	},
	"registration.approved@1": {
		clear: noun({
			versionHash: hash$1,
			number: string()
		}),
		secret: none$2
	},
	"registration.rejected@1": {
		clear: noun({
			versionHash: hash$1,
			reason: code
		}),
		secret: ["note"]
	},
	"listing.published@1": {
		clear: noun({
			registration: id,
			versionHash: hash$1,
			policyHash: hash$1,
			termsHash: hash$1
		}),
		secret: none$2
	},
	"listing.withdrawn@1": {
		clear: noun({ reason: code }),
		secret: none$2
	},
	"listing.frozen@1": {
		clear: noun({ freeze: id }),
		secret: none$2
	},
	"listing.unfrozen@1": {
		clear: noun({ freeze: id }),
		secret: none$2
	},
	"request.posted@1": {
		clear: noun({ deadline: time }),
		secret: ["request"]
	},
	"request.closed@1": {
		clear: noun({ reason: code }),
		secret: none$2
	},
	"round.ranked@1": {
		clear: noun({
			request: id,
			rules: code,
			inputsHash: hash$1,
			resultHash: hash$1,
			candidates: count
		}),
		secret: none$2
	},
	/** The hash of a short ranking of public listings can be guessed, so neither stands in clear. */
	"round.ranked@2": {
		clear: noun({
			request: id,
			rules: code,
			candidates: count
		}),
		secret: ["inputsHash", "resultHash"]
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
			agreementHash: hash$1,
			method: code
		}),
		secret: ["user"]
	},
	"trade.agreed@1": {
		clear: trade({
			side,
			agreementHash: hash$1,
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
		secret: none$2
	},
	"trade.expired@1": {
		clear: trade({ from: tradeState }),
		secret: none$2
	},
	"trade.funding@1": {
		clear: trade({
			payment: id,
			rail
		}),
		secret: none$2
	},
	"trade.unfunded@1": {
		clear: trade({
			payment: id,
			reason: code
		}),
		secret: none$2
	},
	"trade.funded@1": {
		clear: trade({ payment: id }),
		secret: none$2
	},
	"trade.delivered@1": {
		clear: trade({
			grant: id,
			versionHash: hash$1,
			measuredHash: hash$1,
			check: _enum(["same", "different"])
		}),
		secret: none$2
	},
	/** A version's hash stands on its listing's page: whoever sees both would know what sells. */
	"trade.delivered@2": {
		clear: trade({
			grant: id,
			check: _enum(["same", "different"])
		}),
		secret: ["versionHash", "measuredHash"]
	},
	"trade.accepted@1": {
		clear: trade({ by: _enum(["buyer", "silence"]) }),
		secret: none$2
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
		secret: none$2
	},
	"trade.refunded@1": {
		clear: trade({ payment: id.nullable() }),
		secret: none$2
	},
	"trade.frozen@1": {
		clear: trade({ freeze: id }),
		secret: none$2
	},
	"trade.unfrozen@1": {
		clear: trade({
			freeze: id,
			deadline: time.nullable()
		}),
		secret: none$2
	},
	/** A freeze of a listing stands in that listing's thread: its id would say of which listing the trade is. */
	"trade.frozen@2": {
		clear: trade({}),
		secret: ["freeze"]
	},
	"trade.unfrozen@2": {
		clear: trade({ deadline: time.nullable() }),
		secret: ["freeze"]
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
		secret: none$2
	},
	"payment.held@1": {
		clear: noun({
			trade: id,
			rail,
			journalHash: hash$1
		}),
		secret: ["amount"]
	},
	"payment.parted@1": {
		clear: noun({
			trade: id,
			journalHash: hash$1
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
			journalHash: hash$1
		}),
		secret: ["amount", "reference"]
	},
	"payment.refunded@1": {
		clear: noun({
			trade: id,
			journalHash: hash$1
		}),
		secret: ["amount", "reference"]
	},
	"grant.issued@1": {
		clear: noun({
			trade: id,
			versionHash: hash$1,
			expires: time
		}),
		secret: none$2
	},
	"grant.fetched@1": {
		clear: noun({
			trade: id,
			sha256: hash$1
		}),
		secret: ["user"]
	},
	/** What ends by the policy of a listing ends on a date that its page shows. */
	"grant.issued@2": {
		clear: noun({ trade: id }),
		secret: ["versionHash", "expires"]
	},
	"grant.fetched@2": {
		clear: noun({ trade: id }),
		secret: ["sha256", "user"]
	},
	"grant.revoked@1": {
		clear: noun({
			trade: id,
			reason: code
		}),
		secret: none$2
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
	"hold.placed@1": {
		clear: noun({ reason: code }),
		secret: [
			"document",
			"target",
			"note"
		]
	},
	"hold.lifted@1": {
		clear: noun({}),
		secret: ["document"]
	},
	"erasure.requested@1": {
		clear: noun({
			kind: _enum(["account", "field"]),
			reason: code,
			basis: code
		}),
		secret: ["subject"]
	},
	/** Of the data of a product. */
	"erasure.requested@2": {
		clear: noun({
			kind: _enum(["product"]),
			reason: code,
			basis: code
		}),
		secret: ["subject"]
	},
	/** By which rule it must be kept, and until when; null while there is no date. */
	"erasure.held@1": {
		clear: noun({
			rule: code,
			until: time.nullable()
		}),
		secret: none$2
	},
	"erasure.refused@1": {
		clear: noun({ reason: code }),
		secret: ["note"]
	},
	/** From here on nobody can open these values; it names the places, never what stood there. */
	"data.erased@1": {
		clear: noun({
			kind: _enum(["account", "field"]),
			reason: code,
			basis: code,
			places: array(place)
		}),
		secret: none$2
	},
	/** From here on nobody can read the files of these registered versions: their key is destroyed. */
	"data.erased@2": {
		clear: noun({
			kind: _enum(["product"]),
			reason: code,
			basis: code,
			versions: array(hash$1)
		}),
		secret: none$2
	},
	/** The values, their salts and their keys are gone from where the market keeps them. */
	"erasure.finished@1": {
		clear: noun({ values: count }),
		secret: none$2
	},
	"index.sealed@1": {
		clear: noun({
			size: count,
			keys: count,
			root: hash$1
		}),
		secret: none$2
	},
	"key.rotated@1": {
		clear: noun({
			from: vkey,
			to: vkey,
			reason: _enum(rotationReasons)
		}),
		secret: none$2
	},
	"audit.exported@1": {
		clear: noun({
			from: count,
			to: count,
			size: count,
			manifestHash: hash$1
		}),
		secret: ["reason"]
	},
	/** Of an export that is filtered. */
	"audit.exported@2": {
		clear: noun({
			from: count,
			to: count,
			size: count,
			manifestHash: hash$1,
			filter: _enum(filterKinds)
		}),
		secret: ["reason", "subject"]
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

// contracts/ledger/rotation.ts
const isProblem = (answer) => "code" in answer;
/** Reads and checks the proof of one rotation: form, inclusion, and the signatures of both keys. */
function readRotation(text, { sha256, verifyEd25519 }) {
	const certificate = parseCertificate(text);
	if (isMalformed(certificate)) return bad(certificate.malformed);
	if (certificate.extra === null) return bad("it does not carry its record");
	const head = readCheckpoint(certificate.checkpoint);
	if (isMalformed(head)) return bad(head.malformed);
	const handover = head.unverifiedCheckpoint;
	const record = readRecord(certificate.extra, handover.origin, sha256);
	if ("code" in record) return record;
	const { leaf, from, to, body } = record;
	const { index } = leaf;
	if (index !== certificate.index) return bad("its record says another position");
	if (handover.size !== index + 1) return bad("its checkpoint does not end with its record");
	const hash = leafHash(certificate.extra, sha256);
	if (!verifyInclusion(certificate.proof, index, handover.size, hash, handover.root, sha256)) return {
		code: "rotation_proof_wrong",
		record: index
	};
	if (!isSigned(head, from, verifyEd25519)) return {
		code: "rotation_not_by_former_key",
		record: index
	};
	if (!isSigned(head, to, verifyEd25519)) return {
		code: "rotation_not_by_new_key",
		record: index
	};
	const { version, reason } = body;
	return {
		version,
		index,
		from,
		to,
		reason,
		at: leaf.at,
		handover
	};
}
const bad = (detail) => ({
	code: "rotation_malformed",
	detail
});
function readRecord(bytes, origin, sha256) {
	const decoded = decodeLeaf(bytes);
	if (isMalformed(decoded)) return bad(decoded.malformed);
	if (!("leaf" in decoded)) return bad("its record is of an unknown version");
	const { leaf } = decoded;
	const { type } = leaf;
	if (!isFactType(type) || type !== "key.rotated@1") return bad("its record is of another type");
	const problem = problemOfBody(type, leaf.body);
	if (problem !== null) return bad(`its record's ${problem}`);
	if (leaf.log !== origin) return bad("its record is of another log");
	const body = leaf.body;
	const [from, to] = [readKey$1(body.from, origin, sha256), readKey$1(body.to, origin, sha256)];
	if (from === null || to === null || sameKey(from, to)) return bad("its keys are not two of this log");
	return {
		leaf,
		body,
		from,
		to
	};
}
function readKey$1(text, origin, sha256) {
	const key = parseVerifierKey(text, sha256);
	return isMalformed(key) || key.name !== origin || formatVerifierKey(key) !== text ? null : key;
}
function isSigned({ note }, key, verify) {
	const verdict = verifyNote(note, [key], verify);
	return "verifiedBy" in verdict && verdict.verifiedBy.length === 1;
}
/** What is wrong with a rotation as the next of a chain, or null. The first of a chain may be any. */
function problemOfNext(before, next) {
	const { version, index, handover } = next;
	return before === null || version === before.version + 1 && index > before.index && handover.origin === before.handover.origin && sameKey(before.to, next.from) ? null : {
		code: "rotation_out_of_order",
		record: index,
		detail: `${version}`
	};
}

// contracts/ledger/given-rotations.ts
/** Changes of a log's key that a reader brought, each a tlog-proof, in their order; or what is wrong, and with which. */
function readGivenRotations(given, crypto) {
	const rotations = [];
	for (const { name, text } of given) {
		const next = readRotation(text, crypto);
		const problem = isProblem(next) ? next : problemOfNext(rotations.at(-1) ?? null, next);
		if (problem !== null) return malformed(`${name}: ${sentenceOf(problem)}`);
		rotations.push(next);
	}
	return rotations;
}
const sentenceOf = ({ code, ...context }) => failure$1(code, context).en;

// contracts/country.ts
/** ISO 3166-1 alpha-2: every assigned code. `CN` means the mainland; Hong Kong, Macao and Taiwan have their own. */
const codes = "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW";
const countries = codes.split(" ");
const known = new Set(countries);
const isCountry = (text) => known.has(text);

// contracts/ids.ts
/**
* Every id is `<prefix>_<26 characters>`: a 48-bit millisecond time and 80 random bits in Crockford base32,
* lower case (the layout of ULID), so that ids sort by time of birth and a prefix tells what a thing is.
* The maker passes time and random bytes in: this module has neither clock nor chance.
*/
const prefixes = {
	user: "usr",
	session: "ses",
	credential: "crd",
	party: "pty",
	invitation: "inv",
	dataset: "dst",
	version: "ver",
	upload: "upl",
	product: "prd",
	registration: "reg",
	listing: "lst",
	plan: "pln",
	request: "req",
	round: "rnd",
	match: "mat",
	trade: "trd",
	agreement: "agr",
	payment: "pay",
	intent: "int",
	journal: "jnl",
	grant: "gra",
	check: "chk",
	dispute: "dsp",
	attestation: "att",
	freeze: "frz",
	export: "exp",
	index: "idx",
	erasure: "era",
	hold: "hld",
	logKey: "key",
	command: "cmd",
	fact: "fct"
};
const shape = /^[a-z]{3}_[0-7][0-9a-hjkmnp-tv-z]{25}$/;
/** The kind that an id's prefix names, or null: what the regulator's one search box asks first. */
function kindOfId(text) {
	if (!shape.test(text)) return null;
	const prefix = text.slice(0, 3);
	for (const kind of Object.keys(prefixes)) if (prefixes[kind] === prefix) return kind;
	return null;
}

// contracts/remit.ts
/**
* What a regulator is there for. `data`: what is traded and whether it may be (data authorities); `funds`: payments
* and the book (financial supervision). Parties, trades and freezes concern both.
*/
const duties = ["data", "funds"];
const wholeRemit = {
	regions: ["all"],
	duties: [...duties]
};
/** GB/T 2260: the provinces, autonomous regions and municipalities of the mainland. */
const provinces = {
	"11": {
		zh: "北京市",
		en: "Beijing"
	},
	"12": {
		zh: "天津市",
		en: "Tianjin"
	},
	"13": {
		zh: "河北省",
		en: "Hebei"
	},
	"14": {
		zh: "山西省",
		en: "Shanxi"
	},
	"15": {
		zh: "内蒙古自治区",
		en: "Inner Mongolia"
	},
	"21": {
		zh: "辽宁省",
		en: "Liaoning"
	},
	"22": {
		zh: "吉林省",
		en: "Jilin"
	},
	"23": {
		zh: "黑龙江省",
		en: "Heilongjiang"
	},
	"31": {
		zh: "上海市",
		en: "Shanghai"
	},
	"32": {
		zh: "江苏省",
		en: "Jiangsu"
	},
	"33": {
		zh: "浙江省",
		en: "Zhejiang"
	},
	"34": {
		zh: "安徽省",
		en: "Anhui"
	},
	"35": {
		zh: "福建省",
		en: "Fujian"
	},
	"36": {
		zh: "江西省",
		en: "Jiangxi"
	},
	"37": {
		zh: "山东省",
		en: "Shandong"
	},
	"41": {
		zh: "河南省",
		en: "Henan"
	},
	"42": {
		zh: "湖北省",
		en: "Hubei"
	},
	"43": {
		zh: "湖南省",
		en: "Hunan"
	},
	"44": {
		zh: "广东省",
		en: "Guangdong"
	},
	"45": {
		zh: "广西壮族自治区",
		en: "Guangxi"
	},
	"46": {
		zh: "海南省",
		en: "Hainan"
	},
	"50": {
		zh: "重庆市",
		en: "Chongqing"
	},
	"51": {
		zh: "四川省",
		en: "Sichuan"
	},
	"52": {
		zh: "贵州省",
		en: "Guizhou"
	},
	"53": {
		zh: "云南省",
		en: "Yunnan"
	},
	"54": {
		zh: "西藏自治区",
		en: "Tibet"
	},
	"61": {
		zh: "陕西省",
		en: "Shaanxi"
	},
	"62": {
		zh: "甘肃省",
		en: "Gansu"
	},
	"63": {
		zh: "青海省",
		en: "Qinghai"
	},
	"64": {
		zh: "宁夏回族自治区",
		en: "Ningxia"
	},
	"65": {
		zh: "新疆维吾尔自治区",
		en: "Xinjiang"
	}
};
const isRegion = (text) => text === "all" || isCountry(text) || text.startsWith("CN-") && Object.hasOwn(provinces, text.slice(3));
const region = string().refine(isRegion, { message: "not a region" });
const unique = (values) => new Set(values).size === values.length;
/** No region and no duty takes a remit away. `version` is that of the party that the operator saw. */
const entrustInput = strictObject({
	commandId: custom((text) => typeof text === "string" && kindOfId(text) === "command"),
	party: custom((text) => typeof text === "string" && kindOfId(text) === "party"),
	version: int().min(1),
	regions: array(region).max(60).refine(unique, { message: "a region twice" }),
	duties: array(_enum(duties)).refine(unique, { message: "a duty twice" })
});

// contracts/ledger/sentences/words.ts
const rotationWords = {
	scheduled: {
		en: "as scheduled",
		zh: "按计划更换"
	},
	custody: {
		en: "because other people or another machine hold it now",
		zh: "因保管人员或设备变更"
	},
	compromised: {
		en: "because somebody else may have the key before",
		zh: "因原密钥可能已被他人掌握"
	}
};
/** What a filtered export holds all records of. */
const filterWords = {
	trade: {
		en: "one trade",
		zh: "一笔交易"
	},
	listing: {
		en: "one listing and its trades",
		zh: "一个挂牌及其交易"
	},
	party: {
		en: "one party and its trades",
		zh: "一个主体及其交易"
	}
};

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
	if (report.witnesses !== null) sentences.push(witnessSentence(report.witnesses));
	if (unknown.count > 0) sentences.push({
		en: `${unknown.count} records (first ${unknown.first}) are of an unknown version (${unknown.kinds.join(", ")}): hash, chain and root intact; a newer verifier can read them.`,
		zh: `${unknown.count} 条记录（首条 ${unknown.first}）为未知版本（${unknown.kinds.join("、")}）：哈希、链和树根完好；请使用更新的验证器解读。`
	});
	if (report.filter !== null && report.verdict !== "broken") sentences.push(...filterSentences(report.filter));
	if (checked.maps > 0) sentences.push({
		en: `${checked.maps} indexes of all threads were built again from the records and are right.`,
		zh: `已从记录重新构建 ${checked.maps} 份线索总表，均正确。`
	});
	if (report.erased.records.length > 0) sentences.push(erasedSentence(report.erased));
	if (report.openingAssumed && range !== null) sentences.push({
		en: `The bundle begins at record ${range.from}; the state of each trade before it is assumed.`,
		zh: `导出包自记录 ${range.from} 起；此前各笔交易的状态按既定处理。`
	});
	sentences.push(...report.rotations.map(rotationSentence));
	if (checked.since !== null) sentences.push({
		en: `The log of ${size} records continues the checkpoint that you kept, of ${checked.since}.`,
		zh: `该日志（${size} 条）延续了您保存的检查点（${checked.since} 条）。`
	});
	return sentences;
}
/** Which values cannot be there, and by which records: an erasure takes a value and leaves its commitment. */
function erasedSentence({ values, accounts, records }) {
	return {
		en: `Erased: ${values} confidential values and ${accounts} accounts, as told in records ${records.join(", ")}; their commitments stand and are right.`,
		zh: `已删除：${values} 个保密值、${accounts} 个个人账户，见记录 ${records.join("、")}；相应承诺值仍在且无误。`
	};
}
/** Which of the policy's witnesses signed, and when; and whom it lacks. */
function witnessSentence({ met, cosigned, missing }) {
	const by = cosigned.map(({ name, time }) => `${name} (${momentOf(time)})`);
	const en = [
		by.length > 0 ? `Cosigned by ${by.join(", ")}.` : "Cosigned by none of your policy's witnesses.",
		missing.length > 0 ? `Not by ${missing.join(", ")}.` : "",
		met ? "Your policy's quorum is reached." : "Your policy's quorum is NOT reached."
	];
	const zh = [
		by.length > 0 ? `已由见证方 ${by.join("、")} 联署。` : "您策略中的见证方均未签名。",
		missing.length > 0 ? `未签名：${missing.join("、")}。` : "",
		met ? "已达到您策略要求的见证数。" : "未达到您策略要求的见证数。"
	];
	return {
		en: en.filter((part) => part !== "").join(" "),
		zh: zh.join("")
	};
}
/** A witness may write any number; a year beyond 9999 is told as that number. */
const momentOf = (seconds) => seconds < 253402300800 ? (/* @__PURE__ */ new Date(seconds * 1e3)).toISOString().replace(".000Z", "Z") : `${seconds}`;
function rotationSentence({ record, from, to, reason, at }) {
	const why = rotationWords[reason];
	return {
		en: `The log's key was changed in record ${record} (${at}): from ${from} to ${to}, ${why.en}.`,
		zh: `日志密钥已于记录 ${record}（${at}）更换：由 ${from} 更换为 ${to}，${why.zh}。`
	};
}
function verdictSentence({ verdict, failureCount, checked, compromised }) {
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
	if (compromised) return {
		en: `Intact, but not authenticated: your key has been given up because somebody else may have it, and could have announced another log's key. Get the newest key from someone you trust, or ask for witnesses (${en}).`,
		zh: `完好，但未经认证：您的公钥对应的密钥可能已被他人掌握并停用，持有者可能冒名公告新密钥。请另行取得最新公钥，或使用见证策略（${zh}）。`
	};
	return {
		en: `Intact, but not authenticated: the key came from the bundle (${en}).`,
		zh: `完好，但未经认证：公钥取自导出包本身（${zh}）。`
	};
}
/** What a filtered bundle proves, and what it leaves to an audit of the whole log. */
function filterSentences({ kind, keys, threads, scanned, index }) {
	const { en, zh } = filterWords[kind];
	const told = {
		en: `It holds every record of ${en} (${keys.join(", ")}; ${threads} ${threads === 1 ? "thread" : "threads"}).`,
		zh: `其中包含${zh}的全部记录（${keys.join("、")}；共 ${threads} 条线索）。`
	};
	if (index === null || index.size === 0) return [told, {
		en: `Shown by reading all ${scanned} records of the log.`,
		zh: `依据：已逐条读取日志全部 ${scanned} 条记录。`
	}];
	return [told, {
		en: `Before record ${index.size} that is what the index sealed in record ${index.record} counts; the ${scanned} records from there on were read one by one. That the index counts rightly is shown only by verifying an export of the whole log.`,
		zh: `记录 ${index.size} 之前的部分，以记录 ${index.record} 封存的线索总表为准；其后 ${scanned} 条记录已逐条读取。线索总表本身是否正确，只能通过核验全部日志的导出来证明。`
	}];
}

// contracts/ledger/erased-values.ts
const toldRecords = 20;
/** Counts what `data.erased` tells of while the records pass. */
var ErasedValues = class {
	values = 0;
	accounts = 0;
	records = [];
	add(record, { kind, places }) {
		if (kind === "account") this.accounts += 1;
		this.values += places.length;
		if (this.records.length < toldRecords) this.records.push(record);
	}
	report() {
		const { values, accounts, records } = this;
		return {
			values,
			accounts,
			records: [...records]
		};
	}
};
const nothingErased = {
	values: 0,
	accounts: 0,
	records: []
};

// contracts/ledger/lanes/code.ts
function unsigned(n) {
	return n < 128 ? [n] : [n & 127 | 128, ...unsigned(n >>> 7)];
}
function signedNumber(n) {
	return n >= -64 && n < 64 ? [n & 127] : [n & 127 | 128, ...signedNumber(n >> 7)];
}
const get = (local) => [32, ...unsigned(local)];
const set = (local, value) => [
	...value,
	33,
	...unsigned(local)
];
const number = (n) => [65, ...signedNumber(n)];
const plus = (a, b) => [
	...a,
	...b,
	106
];
const vector = (operation) => [253, ...unsigned(operation)];
const load = (at, offset) => [
	...at,
	...vector(0),
	0,
	...unsigned(offset)
];
const store = (at, offset, value) => [
	...at,
	...value,
	...vector(11),
	0,
	...unsigned(offset)
];
const and = (a, b) => [
	...a,
	...b,
	...vector(78)
];
const or = (a, b) => [
	...a,
	...b,
	...vector(80)
];
const xor = (a, ...others) => [...a, ...others.flatMap((b) => [...b, ...vector(81)])];
const add = (a, ...others) => [...a, ...others.flatMap((b) => [...b, ...vector(174)])];
const left = (a, bits) => [
	...a,
	...number(bits),
	...vector(171)
];
const right = (a, bits) => [
	...a,
	...number(bits),
	...vector(173)
];
const rotated = (a, bits) => or(right(a, bits), left(a, 32 - bits));
const shuffled = (a, b, bytes) => [
	...a,
	...b,
	...vector(13),
	...bytes
];
const words$1 = (...from) => from.flatMap((word) => [
	0,
	1,
	2,
	3
].map((byte) => 4 * word + byte));
const swapped = (a) => shuffled(a, a, [
	3,
	2,
	1,
	0,
	7,
	6,
	5,
	4,
	11,
	10,
	9,
	8,
	15,
	14,
	13,
	12
]);
/** Does what is inside and again while `condition` holds; inside of it labels count from 0. */
const repeat = (inside, condition) => [
	3,
	64,
	...inside,
	...condition,
	13,
	0,
	11
];
const list = (items) => [...unsigned(items.length), ...items.flat()];
const sized = (content) => [...unsigned(content.length), ...content];
const name = (text) => sized([...text].map((character) => character.charCodeAt(0)));
const vectorsOf = (count) => [...unsigned(count), 123];

// contracts/ledger/lanes/pattern-code.ts
/** How long the number block before the vectors of a pattern is; its numbers are those of `recordCode`. */
const headBytes = 32;
/** A vector of each member of sixteen kinds. */
const vectorBytes = 48;
/** Where a piece begins in the row and in the record, and its length. */
const spanBytes = 12;
/** Each of so many bytes, and none after them: what `sameCode` leaves out of its last vector. */
const masks = Array.from({ length: 16 }, (_, length) => Array.from({ length: 16 }, (_, i) => i < length ? 255 : 0)).flat();
const every = (byte) => [...vector(12), ...new Array(16).fill(byte)];
const minus = (a, b) => [
	...a,
	...b,
	...vector(113)
];
const isAnyTrue = (a) => [...a, ...vector(83)];
const isAllTrue = (a) => [...a, ...vector(99)];
const not = (a) => [...a, 69];
const whether = (condition, then) => [
	...condition,
	4,
	64,
	...then,
	11
];
const answer = (value) => [...number(value), 15];
const call = (code, ...given) => [
	...given.flat(),
	16,
	code
];
const integerAt = (at, offset) => [
	...at,
	40,
	2,
	offset
];
const byteAt = (at, offset) => [
	...at,
	45,
	0,
	offset
];
const difference = (a, b) => [
	...a,
	...b,
	107
];
const product = (a, by) => [
	...a,
	...number(by),
	108
];
const counted = (local) => [
	...plus(get(local), number(-1)),
	34,
	local
];
const moved = (local, by) => set(local, plus(get(local), number(by)));
/** fits(pattern, text, vectors): 1 when each byte is of the kind that may stand there. */
function fitsCode() {
	const [pattern, text, vectors, bytes, letterA] = [
		0,
		1,
		2,
		3,
		4
	];
	const isInRange = [
		...minus(get(bytes), load(get(pattern), 0)),
		...load(get(pattern), 16),
		...vector(42)
	];
	const isLetter = [
		...minus(get(bytes), get(letterA)),
		...load(get(pattern), 32),
		...vector(38)
	];
	return [
		...set(letterA, every(97)),
		...repeat([
			...set(bytes, load(get(text), 0)),
			...whether(not(isAllTrue(or(isInRange, isLetter))), answer(0)),
			...moved(pattern, 48),
			...moved(text, 16)
		], counted(vectors)),
		...number(1),
		11
	];
}
/** same(a, b, length): 1 when the bytes are the same. */
function sameCode(masksAt) {
	const [a, b, length] = [
		0,
		1,
		2
	];
	const unlike = xor(load(get(a), 0), load(get(b), 0));
	const isLong = [
		...get(length),
		...number(16),
		79
	];
	const mask = load(plus(product(get(length), 16), number(masksAt)), 0);
	const goOn = [
		...moved(a, 16),
		...moved(b, 16),
		...moved(length, -16),
		12,
		1
	];
	return [
		...[3, 64],
		...whether(isLong, [...whether(isAnyTrue(unlike), answer(0)), ...goOn]),
		11,
		...not(isAnyTrue(and(unlike, mask))),
		11
	];
}
/** Of a pattern's head: how many vectors the record and its row have, how many spans, and where hashes stand. */
const head = {
	vectors: 0,
	rowVectors: 4,
	spans: 8,
	rowHash: 12,
	prev: 16
};
/**
* record(pattern, text, row, hex): 1 when the text fits, names the hash whose hex lies before `hex`, and the row (0:
* there is none) is the one of this text and of the hash whose hex lies at `hex`.
*/
function recordCode(fits, same) {
	const [pattern, text, row, hex, at, count] = [
		0,
		1,
		2,
		3,
		4,
		5
	];
	const told = (offset) => integerAt(get(pattern), offset);
	const unless = (condition) => whether(not(condition), answer(0));
	const vectors = plus(get(pattern), number(32));
	const rowVectors = plus(get(at), product(told(head.vectors), 48));
	const spans = plus(get(at), product(told(head.rowVectors), 48));
	const placed = (place, offset) => plus(get(place), integerAt(get(at), offset));
	return [
		...set(at, vectors),
		...unless(call(fits, get(at), get(text), told(head.vectors))),
		...unless(call(same, plus(get(text), told(head.prev)), difference(get(hex), number(64)), number(64))),
		...whether(not(get(row)), answer(1)),
		...set(at, rowVectors),
		...unless(call(fits, get(at), get(row), told(head.rowVectors))),
		...unless(call(same, plus(get(row), told(head.rowHash)), get(hex), number(64))),
		...set(at, spans),
		...set(count, told(head.spans)),
		...repeat([...unless(call(same, placed(row, 0), placed(text, 4), integerAt(get(at), 8))), ...moved(at, 12)], counted(count)),
		...number(1),
		11
	];
}
/**
* entries(bundle, places, count, text): where the bundle ends, if it holds these pieces of the text, each with its
* length in two bytes before it; else 0. A place is where a piece begins, and its length.
*/
function entriesCode(same) {
	const [bundle, places, count, text, length] = [
		0,
		1,
		2,
		3,
		4
	];
	const said = plus(product(byteAt(get(bundle), 0), 256), byteAt(get(bundle), 1));
	const piece = plus(get(text), integerAt(get(places), 0));
	return [
		...repeat([
			...set(length, integerAt(get(places), 4)),
			...whether([
				...said,
				...get(length),
				71
			], answer(0)),
			...whether(not(call(same, plus(get(bundle), number(2)), piece, get(length))), answer(0)),
			...set(bundle, plus(plus(get(bundle), number(2)), get(length))),
			...moved(places, 8)
		], counted(count)),
		...get(bundle),
		11
	];
}
/** hex(from, to, vectors): sixteen bytes as 32 lower-case digits, so many times. */
function hexCode() {
	const [from, to, vectors, bytes, high, low] = [
		0,
		1,
		2,
		3,
		4,
		5
	];
	const digits = [...vector(12), ...[..."0123456789abcdef"].map((character) => character.charCodeAt(0))];
	const digitOf = (nibble) => [
		...digits,
		...nibble,
		...vector(14)
	];
	const mixed = (first) => Array.from({ length: 16 }, (_, i) => first + (i >> 1) + i % 2 * 16);
	return [...repeat([
		...set(bytes, load(get(from), 0)),
		...set(high, digitOf([
			...get(bytes),
			...number(4),
			...vector(109)
		])),
		...set(low, digitOf(and(get(bytes), every(15)))),
		...store(get(to), 0, shuffled(get(high), get(low), mixed(0))),
		...store(get(to), 16, shuffled(get(high), get(low), mixed(8))),
		...moved(from, 16),
		...moved(to, 32)
	], counted(vectors)), 11];
}

// contracts/ledger/lanes/module.ts
/**
* The WebAssembly of `HashLanes`: SHA-256 (FIPS 180-4) of four messages at once, each in one lane of 128-bit
* vectors, which is what every processor of today and every engine has. It is made here from its description, so
* that nobody has to trust a binary; 5 KB, in a millisecond.
*
* Where things lie in its memory:
*/
const constantsAt = 0;
/** The eight words of the state, each of all four lanes. */
const stateAt$1 = 1024;
const firstStateAt = 1152;
/** Four messages of 128 bytes that `pairs` makes. */
const pairsAt = 1280;
const masksAt = 1792;
/** From here on memory is the caller's. */
const freeAt = 2048;
const primes = [];
for (let n = 2; primes.length < 64; n++) if (primes.every((prime) => n % prime !== 0)) primes.push(n);
/** The first 32 bits of the fraction of a root; doubles hold them exactly. */
const fractionOf = (root) => Math.floor((root - Math.floor(root)) * 2 ** 32);
const roundConstants = primes.map((prime) => fractionOf(Math.cbrt(prime)));
const firstState = primes.slice(0, 8).map((prime) => fractionOf(Math.sqrt(prime)));
/** Rows to columns: what four locals hold becomes what is set by `put`. `spare` are four locals. */
function transposed(rows, spare, put) {
	const [a, b, c, d] = rows;
	const s = (i) => get(spare + i);
	return [
		...set(spare, shuffled(a, b, words$1(0, 4, 1, 5))),
		...set(spare + 1, shuffled(c, d, words$1(0, 4, 1, 5))),
		...set(spare + 2, shuffled(a, b, words$1(2, 6, 3, 7))),
		...set(spare + 3, shuffled(c, d, words$1(2, 6, 3, 7))),
		...put(0, shuffled(s(0), s(1), words$1(0, 1, 4, 5))),
		...put(1, shuffled(s(0), s(1), words$1(2, 3, 6, 7))),
		...put(2, shuffled(s(2), s(3), words$1(0, 1, 4, 5))),
		...put(3, shuffled(s(2), s(3), words$1(2, 3, 6, 7)))
	];
}
/** The locals of `blocks`: four addresses, the number of blocks, where the constants are, then vectors. */
const [blocks, constant, states$1, schedule, spare] = [
	4,
	5,
	6,
	14,
	30
];
/** Sixteen rounds; with `expand` each word of the schedule then becomes the one sixteen later. */
function sixteenRounds(expand) {
	return Array.from({ length: 16 }, (_, round) => {
		const local = (i) => states$1 + (i + 16 - round) % 8;
		const [a, b, c, e, f, g, h] = [
			0,
			1,
			2,
			4,
			5,
			6,
			7
		].map((i) => get(local(i)));
		const word = (i) => get(schedule + (round + i) % 16);
		const choice = xor(g, and(e, xor(f, g)));
		const majority = or(and(a, b), and(c, or(a, b)));
		const sum1 = xor(rotated(e, 6), rotated(e, 11), rotated(e, 25));
		const sum0 = xor(rotated(a, 2), rotated(a, 13), rotated(a, 22));
		const [w1, w14] = [word(1), word(14)];
		return [
			...set(spare, add(h, word(0), load(get(constant), 16 * round), choice, sum1)),
			...set(local(3), add(get(local(3)), get(spare))),
			...set(local(7), add(get(spare), sum0, majority)),
			...expand ? set(schedule + round, add(word(0), word(9), xor(rotated(w1, 7), rotated(w1, 18), right(w1, 3)), xor(rotated(w14, 17), rotated(w14, 19), right(w14, 10)))) : []
		];
	}).flat();
}
const eight = [
	0,
	1,
	2,
	3,
	4,
	5,
	6,
	7
];
const four = [
	0,
	1,
	2,
	3
];
/** blocks(address of each of four messages, how many blocks of 64 bytes): moves the state on. */
function blocksCode() {
	const stateOffset = (i) => stateAt$1 + 16 * i;
	const readWords = four.flatMap((group) => [...four.flatMap((lane) => set(spare + lane, swapped(load(get(lane), 16 * group)))), ...transposed(four.map((lane) => get(spare + lane)), spare + 4, (column, value) => set(schedule + 4 * group + column, value))]);
	const next = (local, step) => [
		...plus(get(local), number(step)),
		34,
		local
	];
	return [
		...eight.flatMap((i) => set(states$1 + i, load(number(0), stateOffset(i)))),
		...repeat([
			...readWords,
			...set(constant, number(0)),
			...repeat(sixteenRounds(true), [
				...next(constant, 256),
				...number(768),
				72
			]),
			...sixteenRounds(false),
			...eight.flatMap((i) => [...set(states$1 + i, add(get(states$1 + i), load(number(0), stateOffset(i)))), ...store(number(0), stateOffset(i), get(states$1 + i))]),
			...four.flatMap((lane) => set(lane, plus(get(lane), number(64))))
		], next(blocks, -1)),
		11
	];
}
/**
* pairs(from, to, groups): SHA-256(0x01 ‖ 64 bytes) of four neighbouring pairs of hashes in each group. `to` may be
* `from`: what is written was read before.
*/
function pairsCode() {
	const [from, to, groups, vectors] = [
		0,
		1,
		2,
		3
	];
	const message = (lane) => pairsAt + 128 * lane;
	const digest = (half) => transposed(four.map((i) => swapped(load(number(0), stateAt$1 + 16 * (4 * half + i)))), vectors, (lane, value) => store(get(to), 32 * lane + 16 * half, value));
	return [...repeat([
		...four.flatMap((lane) => four.flatMap((part) => store(number(0), message(lane) + 1 + 16 * part, load(get(from), 64 * lane + 16 * part)))),
		...eight.flatMap((i) => store(number(0), stateAt$1 + 16 * i, load(number(0), firstStateAt + 16 * i))),
		...four.flatMap((lane) => number(message(lane))),
		...number(2),
		16,
		0,
		...digest(0),
		...digest(1),
		...set(from, plus(get(from), number(256))),
		...set(to, plus(get(to), number(128)))
	], [
		...plus(get(groups), number(-1)),
		34,
		groups
	]), 11];
}
/** copy(to, from, length). */
const copyCode = [
	...get(0),
	...get(1),
	...get(2),
	252,
	10,
	0,
	0,
	11
];
const splat = (word) => four.flatMap(() => [
	word & 255,
	word >>> 8 & 255,
	word >>> 16 & 255,
	word >>> 24
]);
/** Each message of `pairs` begins with 0x01 and ends as one of 65 bytes does: 0x80, zeros, 520 bits. */
const pairMessage = Array.from({ length: 128 }, (_, i) => ({
	0: 1,
	65: 128,
	126: 2,
	127: 8
})[i] ?? 0);
const data = (at, content) => [
	0,
	...number(at),
	11,
	...sized(content)
];
/** The numbers of these functions in the module. */
const [fits, same] = [3, 4];
/** The module, with a memory of so many pages of 64 KiB. */
function lanesModule(pages) {
	const sections = [
		list([
			[
				96,
				...list([
					[127],
					[127],
					[127],
					[127],
					[127]
				]),
				0
			],
			[
				96,
				...list([
					[127],
					[127],
					[127]
				]),
				0
			],
			[
				96,
				...list([
					[127],
					[127],
					[127]
				]),
				1,
				127
			],
			[
				96,
				...list([
					[127],
					[127],
					[127],
					[127]
				]),
				1,
				127
			]
		]),
		list([
			[0],
			[1],
			[1],
			[2],
			[2],
			[3],
			[3],
			[1]
		]),
		list([[0, ...unsigned(pages)]]),
		list([[
			...name("memory"),
			2,
			0
		], ...[
			"blocks",
			"pairs",
			"copy",
			"fits",
			"same",
			"record",
			"entries",
			"hex"
		].map((named, i) => [
			...name(named),
			0,
			i
		])]),
		list([
			sized([...list([[1, 127], vectorsOf(32)]), ...blocksCode()]),
			sized([...list([vectorsOf(4)]), ...pairsCode()]),
			sized([...list([]), ...copyCode]),
			sized([...list([vectorsOf(2)]), ...fitsCode()]),
			sized([...list([]), ...sameCode(masksAt)]),
			sized([...list([[2, 127]]), ...recordCode(fits, same)]),
			sized([...list([[1, 127]]), ...entriesCode(same)]),
			sized([...list([vectorsOf(3)]), ...hexCode()])
		]),
		list([
			data(0, roundConstants.flatMap(splat)),
			data(firstStateAt, firstState.flatMap(splat)),
			data(pairsAt, four.flatMap(() => pairMessage)),
			data(masksAt, masks)
		])
	];
	const ids = [
		1,
		3,
		5,
		7,
		10,
		11
	];
	return Uint8Array.from([...[
		0,
		97,
		115,
		109,
		1,
		0,
		0,
		0
	], ...sections.flatMap((content, i) => [ids[i], ...sized(content)])]);
}

// contracts/ledger/lanes/lane-stream.ts
const blockBytes = 64;
const hashBytes$1 = 32;
const lanes = 4;
const padding = 9;
/** Room for the bytes of one stream that wait, and for leaves before and after they were laid out as messages. */
const streamRoom = 1048704;
/** One file's bytes in a lane, hashed whenever lanes run: at the latest when more of them come. */
var LaneStream = class {
	lanes;
	slot;
	room;
	state = Uint32Array.from(firstState);
	at;
	/** How many blocks wait from `at` on. */
	blocks = 0;
	/** Bytes after the blocks that wait. */
	rest = 0;
	restAt;
	length = 0;
	told = null;
	constructor(lanes, slot, room) {
		this.lanes = lanes;
		this.slot = slot;
		this.room = room;
		this.at = room;
		this.restAt = room;
	}
	update(bytes) {
		const most = 1048576;
		for (let start = 0; start < bytes.length; start += most) this.add(bytes.subarray(start, start + most));
	}
	add(bytes) {
		this.lanes.drain(this);
		this.lanes.move(this.restAt, this.room, this.rest);
		this.lanes.place(bytes, this.room + this.rest);
		const waiting = this.rest + bytes.length;
		this.length += bytes.length;
		this.queue(Math.floor(waiting / 64), waiting % 64);
	}
	queue(blocks, rest) {
		this.at = this.room;
		this.blocks = blocks;
		this.rest = rest;
		this.restAt = this.room + blocks * 64;
	}
	/** No more bytes come; `told` is called with the hash when lanes have run that far. */
	end(told) {
		const blocks = Math.ceil((this.rest + 9) / 64);
		this.lanes.padAt(this.restAt + this.rest, this.restAt + blocks * 64, this.length);
		this.lanes.extend(this.slot, blocks);
		if (this.blocks === 0) this.at = this.restAt;
		this.blocks += blocks;
		this.told = told;
	}
	get hasEnded() {
		return this.told !== null;
	}
	tell() {
		const digest = new Uint8Array(32);
		writeState(digest, 0, this.state, 0, 1);
		this.told?.(digest);
	}
	digest() {
		let digest = /* @__PURE__ */ new Uint8Array(0);
		this.end((found) => {
			digest = found;
		});
		this.lanes.drain(this);
		return digest;
	}
};
/** The end of a message of `length` bytes: 0x80, zeros, its number of bits in eight bytes. */
function pad(memory, view, at, end, length) {
	memory[at] = 128;
	for (let i = at + 1; i < end - 8; i++) memory[i] = 0;
	view.setUint32(end - 8, Math.floor(length / 2 ** 29));
	view.setUint32(end - 4, length * 8 % 2 ** 32);
}
function writeState(to, at, state, first, step = 4) {
	for (let word = 0; word < 8; word++) {
		const value = state[step * word + first];
		const i = at + 4 * word;
		to[i] = value >>> 24;
		to[i + 1] = value >>> 16;
		to[i + 2] = value >>> 8;
		to[i + 3] = value;
	}
}

// contracts/ledger/lanes/hash-lanes.ts
const maxStreams = 6;
const leavesRoom = 1048576;
const streamsAt = Math.ceil(freeAt / 64) * 64;
const textAt = streamsAt + maxStreams * streamRoom;
/** Leaves as messages, and when they are hashed, the room of whoever reads on in their text. */
const messagesAt = textAt + leavesRoom;
const nodesAt = messagesAt + 2 * leavesRoom;
/** Memory that nothing here uses. */
const givenAt = nodesAt + 256 * 32;
const givenBytes = 4194304;
const totalBytes = givenAt + givenBytes;
const pageBytes = 65536;
const idle = -1;
const never = Number.POSITIVE_INFINITY;
let compiled = null;
/**
* SHA-256 of many things at once, several times faster than one after the other: the leaves of a log, the nodes of
* a full tile, and whole files, which fill the lanes that leaves leave free. It is no part of the trust that the
* injected `sha256` is not: both are compared before it is used. Where there is no WebAssembly, there are no lanes.
*/
var HashLanes = class HashLanes {
	code;
	memory;
	view;
	state;
	streams = new Array(maxStreams).fill(null);
	/** What each lane does: the number of a message, or of a stream counted down from -2. */
	task = new Int32Array(4).fill(idle);
	at = new Float64Array(4);
	left = new Float64Array(4).fill(never);
	messageAt = [];
	messageBlocks = [];
	nextMessage = 0;
	messagesDone = 0;
	digests = /* @__PURE__ */ new Uint8Array(0);
	constructor(code) {
		this.code = code;
		this.memory = new Uint8Array(code.memory.buffer);
		this.view = new DataView(code.memory.buffer);
		this.state = new Uint32Array(code.memory.buffer, stateAt$1, 8 * 4);
	}
	static open(sha256) {
		try {
			compiled ??= new WebAssembly.Module(lanesModule(Math.ceil(totalBytes / pageBytes)));
			const made = new HashLanes(new WebAssembly.Instance(compiled).exports);
			return made.agreesWith(sha256) ? made : null;
		} catch {
			return null;
		}
	}
	/** Lengths around the ends of blocks, a tile, and a stream in pieces. */
	agreesWith(sha256) {
		const text = Uint8Array.from({ length: 512 }, (_, i) => i * 7 + (i >> 3) & 255);
		const lengths = [
			0,
			1,
			54,
			55,
			56,
			63,
			64,
			118,
			119,
			120,
			200
		];
		const starts = lengths.map((_, i) => 3 * i + 1);
		const ends = lengths.map((length, i) => starts[i] + length);
		const found = new Uint8Array(lengths.length * 32);
		const stream = this.stream();
		stream?.update(text.subarray(0, 100));
		this.hashLeaves(text, starts, ends, lengths.length, found);
		stream?.update(text.subarray(100));
		const digest = stream?.digest();
		const hashes = lengths.map((_, i) => leafHash(text.subarray(starts[i], ends[i]), sha256));
		const tile = Uint8Array.from({ length: 8 * 32 }, (_, i) => text[i]);
		return digest !== void 0 && equalBytes(digest, sha256(text)) && hashes.every((hash, i) => equalBytes(hash, found.subarray(i * 32, (i + 1) * 32))) && equalBytes(this.rootOf(tile), rootOf(tile, sha256));
	}
	/** The hash over a perfect tree whose leaf hashes lie one after the other; at least one, a power of two. */
	rootOf(hashes) {
		const kept = this.state.slice();
		this.memory.set(hashes, nodesAt);
		for (let count = hashes.length / 32 / 2; count >= 1; count /= 2) this.code.pairs(nodesAt, nodesAt, Math.ceil(count / 4));
		this.state.set(kept);
		return this.memory.slice(nodesAt, nodesAt + 32);
	}
	/**
	* The leaf hashes of `count` leaves that lie in rising order in `bytes` from `starts[i]` to `ends[i]`, one after the
	* other into `hashes`. True: their text lies at `textAt` until other leaves are hashed.
	*/
	hashLeaves(bytes, starts, ends, count, hashes) {
		for (let first = 0; first < count;) {
			const from = starts[first];
			let last = first;
			while (last < count && this.fits(ends[last] - from, last - first + 1)) last++;
			if (last === first) throw new Error("a leaf is too long to be hashed");
			this.memory.set(bytes.subarray(from, ends[last - 1]), textAt);
			this.layOut(starts, ends, first, last);
			this.digests = hashes.subarray(first * 32, last * 32);
			this.runMessages();
			if (first === 0 && last === count) return true;
			first = last;
		}
		return false;
	}
	fits(textBytes, leaves) {
		return textBytes <= 1048576 && textBytes + leaves * (9 + 64 + 1) <= 2 * 1048576;
	}
	/** Each leaf as a message of whole blocks: 0x00, the leaf, 0x80, zeros, the number of bits. */
	layOut(starts, ends, first, last) {
		const { memory, view, messageAt, messageBlocks } = this;
		const from = starts[first];
		let to = messagesAt;
		for (let i = first; i < last; i++) {
			const start = starts[i];
			const length = ends[i] - start;
			const blocks = Math.ceil((length + 1 + 9) / 64);
			messageAt[i - first] = to;
			messageBlocks[i - first] = blocks;
			memory[to] = 0;
			this.code.copy(to + 1, textAt + start - from, length);
			pad(memory, view, to + 1 + length, to + blocks * 64, length + 1);
			to += blocks * 64;
		}
		messageAt.length = last - first;
		messageBlocks.length = last - first;
	}
	runMessages() {
		this.nextMessage = 0;
		this.messagesDone = 0;
		const count = this.messageAt.length;
		while (this.messagesDone < count) this.step();
		this.messageAt.length = 0;
	}
	/** A running hash over parts, or null when there are as many already that have not ended. */
	stream() {
		let slot = this.streams.indexOf(null);
		if (slot < 0) {
			slot = this.streams.findIndex((stream) => stream?.hasEnded === true);
			const ended = this.streams[slot];
			if (!ended) return null;
			this.drain(ended);
		}
		const made = new LaneStream(this, slot, streamsAt + slot * streamRoom);
		this.streams[slot] = made;
		return made;
	}
	/** Puts bytes into the stream's room. */
	place(bytes, at) {
		this.memory.set(bytes, at);
	}
	move(from, to, length) {
		this.memory.copyWithin(to, from, from + length);
	}
	padAt(at, end, length) {
		pad(this.memory, this.view, at, end, length);
	}
	/** Until the stream has no blocks waiting; the others go on beside it. */
	drain(stream) {
		while (stream.blocks > 0) this.step();
	}
	/** Until all streams that have ended have told their hash. */
	settle() {
		for (const stream of this.streams) if (stream?.hasEnded === true) this.drain(stream);
	}
	/** More blocks after those of a stream that is in a lane already. */
	extend(slot, blocks) {
		const lane = this.task.indexOf(-2 - slot);
		if (lane >= 0) this.left[lane] = this.left[lane] + blocks;
	}
	/** All lanes as far as the one that is done first. */
	step() {
		const { at, left, task } = this;
		for (let lane = 0; lane < 4; lane++) if (task[lane] === idle) this.assign(lane);
		const blocks = Math.min(left[0], left[1], left[2], left[3]);
		this.code.blocks(at[0], at[1], at[2], at[3], blocks);
		for (let lane = 0; lane < 4; lane++) {
			if (task[lane] === idle) continue;
			at[lane] = at[lane] + blocks * 64;
			left[lane] = left[lane] - blocks;
			if (left[lane] === 0) this.finish(lane);
			else if (task[lane] < idle) this.streamOf(lane).blocks -= blocks;
		}
	}
	streamOf(lane) {
		return this.streams[-2 - this.task[lane]];
	}
	/** Streams first: they are the longest, and cannot be divided. */
	assign(lane) {
		const { streams, state, task, at, left } = this;
		for (let slot = 0; slot < maxStreams; slot++) {
			const stream = streams[slot];
			if (!stream || stream.blocks === 0 || task.includes(-2 - slot)) continue;
			task[lane] = -2 - slot;
			at[lane] = stream.at;
			left[lane] = stream.blocks;
			for (let word = 0; word < 8; word++) state[4 * word + lane] = stream.state[word];
			return;
		}
		if (this.nextMessage >= this.messageAt.length) {
			at[lane] = 0;
			left[lane] = never;
			return;
		}
		task[lane] = this.nextMessage;
		at[lane] = this.messageAt[this.nextMessage];
		left[lane] = this.messageBlocks[this.nextMessage];
		for (let word = 0; word < 8; word++) state[4 * word + lane] = firstState[word];
		this.nextMessage += 1;
	}
	finish(lane) {
		const { task, left, state, digests } = this;
		const done = task[lane];
		if (done < idle) {
			const stream = this.streamOf(lane);
			stream.blocks = 0;
			for (let word = 0; word < 8; word++) stream.state[word] = state[4 * word + lane];
			if (stream.hasEnded) {
				this.streams[-2 - done] = null;
				stream.tell();
			}
		} else {
			writeState(digests, done * 32, state, lane);
			this.messagesDone += 1;
		}
		task[lane] = idle;
		left[lane] = never;
	}
};
function rootOf(hashes, sha256) {
	const half = hashes.length / 2;
	if (half < 32) return hashes;
	return nodeHash(rootOf(hashes.subarray(0, half), sha256), rootOf(hashes.subarray(half), sha256), sha256);
}

// contracts/ledger/report-keys.ts
/** What a report says of the keys: the one that the head's signature was due from, and how it came to be that one. */
function reportKeys(opened) {
	if (opened === null) return {
		key: null,
		rotations: [],
		compromised: false
	};
	const { checkpoint, heads, brought, compromised } = opened;
	const key = heads.at(checkpoint.size)[0];
	return {
		key: key === void 0 ? null : {
			name: key.name,
			keyId: key.keyId,
			from: brought ? "reader" : "bundle"
		},
		rotations: heads.rotations.map(({ index, from, to, reason, at }) => ({
			record: index,
			from: from.keyId,
			to: to.keyId,
			reason,
			at
		})),
		compromised
	};
}

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

// contracts/ledger/scan-bytes.ts
/**
* Small readers of ASCII text as it lies in bytes, without making strings of it. Each answers the position after
* what it read, or -1. Reading past the end of the bytes finds nothing and so ends in -1.
*/
const digit = 1;
const hexDigit = 2;
/** Digits and lower-case letters: the random part of an id. */
const idCharacter$1 = 4;
/** What may follow the first letter of a word. */
const wordCharacter = 8;
/** What stands in a JSON string as itself: printable ASCII without quote and backslash. */
const plainCharacter = 16;
/** The same without space and without the comma, which a table would have to quote. */
const keyCharacter = 32;
const letter = 64;
const classes = /* @__PURE__ */ new Uint8Array(256);
for (let byte = 32; byte < 127; byte++) {
	const character = String.fromCharCode(byte);
	const mark = (is, bit) => {
		if (is) classes[byte] = classes[byte] | bit;
	};
	mark(/[0-9]/.test(character), 1);
	mark(/[0-9a-f]/.test(character), 2);
	mark(/[0-9a-z]/.test(character), 4);
	mark(/[a-zA-Z0-9_.:-]/.test(character), 8);
	mark(!/["\\]/.test(character), 16);
	mark(!/[ ,"\\]/.test(character), 32);
	mark(/[a-zA-Z]/.test(character), 64);
}
const isOf = (byte, kind) => (classes[byte] & kind) !== 0;
const literal = (text) => utf8(text);
/** Exactly these bytes. */
function afterLiteral(bytes, at, expected) {
	for (let i = 0; i < expected.length; i++) if (bytes[at + i] !== expected[i]) return -1;
	return at + expected.length;
}
/** As many characters of a kind as there are, at most `most`, and at least one. */
function afterSome(bytes, at, kind, most) {
	let end = at;
	while (end - at <= most && isOf(bytes[end], kind)) end++;
	return end === at || end - at > most ? -1 : end;
}
function afterHash(bytes, at) {
	for (let i = 0; i < 64; i++) if (!isOf(bytes[at + i], 2)) return -1;
	return at + 64;
}
/** A word of at most 64 characters that begins with a letter. */
const afterWord = (bytes, at) => isOf(bytes[at], 64) ? afterSome(bytes, at, 8, 64) : -1;
/** An integer from 0 as JCS writes it, of at most 15 digits and so below 2^53. */
function afterCount(bytes, at) {
	const end = afterSome(bytes, at, 1, 15);
	return bytes[at] === 48 && end !== at + 1 ? -1 : end;
}
function countIn(bytes, start, end) {
	let count = 0;
	for (let i = start; i < end; i++) count = count * 10 + bytes[i] - 48;
	return count;
}
const timeBytes = literal("dddd-dd-ddTdd:dd:dd.dddZ");
const anyDigit = 100;
/** The form of a time alone. */
function afterTimeForm(bytes, at) {
	for (let i = 0; i < timeBytes.length; i++) {
		const expected = timeBytes[i];
		const byte = bytes[at + i];
		if (expected === anyDigit ? !isOf(byte, 1) : byte !== expected) return -1;
	}
	return at + timeBytes.length;
}
function afterTime(bytes, at) {
	const end = afterTimeForm(bytes, at);
	return end < 0 || !isTimeThere(bytes, at) ? -1 : end;
}
/**
* Whether what has a time's form is one that there surely is: a few that there are too, such as the end of a
* February, are left to others.
*/
function isTimeThere(bytes, at) {
	const month = countIn(bytes, at + 5, at + 7);
	const day = countIn(bytes, at + 8, at + 10);
	if (month < 1 || month > 12 || day < 1 || day > (month === 2 ? 28 : month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31)) return false;
	if (countIn(bytes, at + 11, at + 13) > 23 || countIn(bytes, at + 14, at + 16) > 59) return false;
	return countIn(bytes, at + 17, at + 19) <= 59;
}
function sameBytes(a, aAt, b, bAt, length) {
	for (let i = 0; i < length; i++) if (a[aAt + i] !== b[bAt + i]) return false;
	return true;
}
/** The same for long pieces: four bytes at a time, which is several times faster. */
function sameLongBytes(a, aAt, b, bAt, length) {
	const whole = length - length % 4;
	for (let i = 0; i < whole; i += 4) if (a.getInt32(aAt + i) !== b.getInt32(bAt + i)) return false;
	for (let i = whole; i < length; i++) if (a.getUint8(aAt + i) !== b.getUint8(bAt + i)) return false;
	return true;
}
const viewOf$1 = (bytes) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
const hexOfByte = literal(Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0")).join(""));
/** Whether these bytes stand there as lower-case hex. */
function isHexOf(text, at, bytes) {
	for (let i = 0; i < bytes.length; i++) {
		const hex = 2 * bytes[i];
		if (text[at + 2 * i] !== hexOfByte[hex] || text[at + 2 * i + 1] !== hexOfByte[hex + 1]) return false;
	}
	return true;
}

// contracts/ledger/scan-row.ts
const system$1 = literal("system:");
const [comma, quote$1, space, hash, lineFeed] = [
	44,
	34,
	32,
	35,
	10
];
const timeLength$3 = 24;
const hashLength$1 = 64;
/**
* Where the row of records.csv of a scanned leaf ends, if these bytes are the very text that `recordRow` would make
* and a line feed follows; else -1.
* Only the body has anything that a table must quote; it stands there with every quote doubled.
*/
function afterRowOf(row, start, scan, leafHash) {
	const { bytes, indexAt, indexEnd, at, occurredAt, bodyScan } = scan;
	if (bodyScan === null) return -1;
	let p = start;
	p = afterField(row, p, bytes, indexAt, indexEnd);
	p = afterField(row, p, bytes, at, at + timeLength$3);
	p = afterField(row, p, bytes, occurredAt, occurredAt + timeLength$3);
	p = afterField(row, p, bodyScan.typeBytes, 0, bodyScan.typeBytes.length);
	p = afterThreads(row, p, scan);
	if (scan.system) p = p >= 0 && sameBytes(row, p, system$1, 0, system$1.length) ? p + system$1.length : -1;
	p = afterField(row, p, bytes, scan.role, scan.roleEnd);
	p = afterBody(row, p, scan);
	const end = p + hashLength$1;
	return p >= 0 && row[end] === lineFeed && isHexOf(row, p, leafHash) ? end : -1;
}
/** A field and the comma after it. */
function afterField(row, p, field, start, end) {
	if (p < 0 || !sameBytes(row, p, field, start, end - start)) return -1;
	const after = p + end - start;
	return row[after] === comma ? after + 1 : -1;
}
/** `key#n` of every thread, a space between two. */
function afterThreads(row, start, scan) {
	const { bytes, threads, key, keyEnd, nEnd } = scan;
	let p = start;
	for (let i = 0; i < threads && p >= 0; i++) {
		if (i > 0 && row[p++] !== space) return -1;
		const [from, to] = [key[i], keyEnd[i]];
		if (!sameBytes(row, p, bytes, from, to - from)) return -1;
		p += to - from;
		if (row[p++] !== hash) return -1;
		const length = nEnd[i] - (to + 2);
		if (!sameBytes(row, p, bytes, to + 2, length)) return -1;
		p += length;
	}
	return p >= 0 && row[p] === comma ? p + 1 : -1;
}
function afterBody(row, start, { bytes, body, bodyEnd }) {
	if (start < 0 || row[start] !== quote$1) return -1;
	let p = start + 1;
	for (let i = body; i < bodyEnd; i++) {
		const byte = bytes[i];
		if (row[p++] !== byte) return -1;
		if (byte === quote$1 && row[p++] !== quote$1) return -1;
	}
	return row[p] === quote$1 && row[p + 1] === comma ? p + 2 : -1;
}
/** No row is longer than this: the body's quotes are doubled, and the hash is not in the leaf. */
const mostRowBytes = (leafBytes) => 2 * leafBytes + hashLength$1 + 1;
/** Writes that row and its line feed; the leaf's hash stands as hex in `hashes`. Answers where the row ends. */
function writeRowOf(row, start, scan, hashes, hashAt) {
	const { bytes, indexAt, indexEnd, at, occurredAt, bodyScan } = scan;
	if (bodyScan === null) throw new Error("no leaf was scanned");
	let p = writeField(row, start, bytes, indexAt, indexEnd);
	p = writeField(row, p, bytes, at, at + timeLength$3);
	p = writeField(row, p, bytes, occurredAt, occurredAt + timeLength$3);
	p = writeField(row, p, bodyScan.typeBytes, 0, bodyScan.typeBytes.length);
	p = writeThreads(row, p, scan);
	if (scan.system) p = write(row, p, system$1, 0, system$1.length);
	p = writeField(row, p, bytes, scan.role, scan.roleEnd);
	p = writeBody(row, p, scan);
	p = write(row, p, hashes, hashAt, hashAt + hashLength$1);
	row[p] = lineFeed;
	return p + 1;
}
function write(row, p, from, start, end) {
	for (let i = start; i < end; i++) row[p + i - start] = from[i];
	return p + end - start;
}
function writeField(row, p, from, start, end) {
	const after = write(row, p, from, start, end);
	row[after] = comma;
	return after + 1;
}
function writeThreads(row, start, scan) {
	const { bytes, threads, key, keyEnd, nEnd } = scan;
	let p = start;
	for (let i = 0; i < threads; i++) {
		if (i > 0) row[p++] = space;
		p = write(row, p, bytes, key[i], keyEnd[i]);
		row[p++] = hash;
		p = write(row, p, bytes, keyEnd[i] + 2, nEnd[i]);
	}
	row[p] = comma;
	return p + 1;
}
function writeBody(row, start, { bytes, body, bodyEnd }) {
	let p = start;
	row[p++] = quote$1;
	for (let i = body; i < bodyEnd; i++) {
		const byte = bytes[i];
		row[p++] = byte;
		if (byte === quote$1) row[p++] = quote$1;
	}
	row[p] = quote$1;
	row[p + 1] = comma;
	return p + 2;
}

// contracts/ledger/verify-companions.ts
/** Files that run beside records.jsonl, in the order of its records, and are read in step with it. */
const maxTableLine = 262144;
const mostGathered = 1048576;
const maxDisclosureLine = 4194304;
const decoder$1 = new TextDecoder("utf-8", {
	fatal: true,
	ignoreBOM: true
});
const textOf$1 = (bytes) => {
	try {
		return decoder$1.decode(bytes);
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
	/** Where the rows begin and end that were gathered. */
	starts = new Int32Array(256);
	ends = new Int32Array(256);
	constructor(files, failures) {
		const file = bundleFiles.recordsTable;
		this.lines = files.has(file) ? files.lines(file, maxTableLine) : null;
		this.failures = failures;
	}
	/** The bytes in which the rows of the next block lie, where there is a table and they are at hand. */
	async gather() {
		if (this.lines === null || !this.started || this.waiting !== null) return null;
		return await this.lines.gather(this.starts, this.ends, mostGathered) === 256 ? this.lines.bytes : null;
	}
	/** Whether the row that was gathered at this place is the next. */
	isNext(place) {
		return this.lines !== null && this.waiting === null && this.lines.start === this.starts[place];
	}
	/** Goes on after the row at this place, which is the next and was found to fit. */
	passGathered(place) {
		if (this.lines === null) return;
		this.lines.end = this.ends[place];
		this.lines.skip();
	}
	get exists() {
		return this.lines !== null;
	}
	/** Whether there is no table, or its next row is at hand and is the one of the record that was scanned. */
	fits(scan, hash) {
		if (this.lines === null) return true;
		if (!this.started || this.waiting !== null) return false;
		const end = afterRowOf(this.lines.bytes, this.lines.start, scan, hash);
		if (end >= 0) this.lines.end = end;
		return end >= 0;
	}
	/** Goes on after the row that fitted. */
	pass() {
		this.lines?.skip();
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
			if (header && textOf$1(header) !== recordColumns.join()) this.fail(void 0);
		}
		const line = await this.lines?.next();
		if (!line) return null;
		const text = textOf$1(line) ?? "";
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
	const text = textOf$1(line);
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
	ended;
	checked = 0;
	constructor(files, failures, sha256) {
		const file = bundleFiles.disclosures;
		this.lines = files.has(file) ? files.lines(file, maxDisclosureLine) : null;
		this.ended = this.lines === null;
		this.failures = failures;
		this.sha256 = sha256;
	}
	/** Whether it is already known that no value of this record or one before it follows. */
	hasNoneFor(index) {
		return this.waiting === null ? this.ended : this.waiting.index > index;
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
			if (!line) {
				this.ended = true;
				return null;
			}
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
function formatKeptProof({ size, hashes, checkpoint }) {
	return `${[`old ${size}`, ...hashes.map(toBase64)].join("\n")}\n\n${checkpoint}`;
}
/** Strict: what does not print to the same text again is malformed. The checkpoint is not read here. */
function parseKeptProof(text) {
	const split = text.indexOf("\n\n");
	const [first, ...lines] = text.slice(0, Math.max(split, 0)).split("\n");
	const old = /^old (0|[1-9][0-9]{0,15})$/.exec(first ?? "");
	if (old === null || lines.length > maxHashes) return malformed("it is not a proof");
	try {
		const hashes = lines.map(fromBase64);
		if (hashes.some((hash) => hash.length !== 32)) return malformed("it is not a list of hashes");
		const proof = {
			size: Number(old[1]),
			hashes,
			checkpoint: text.slice(split + 2)
		};
		return formatKeptProof(proof) === text ? proof : malformed("it is not in its one form");
	} catch {
		return malformed("it holds something that is not base64");
	}
}
/** Each proof that the bundle carries from an earlier export must hold. */
async function checkKeptProofs(input) {
	for (const file of input.files.paths("consistency")) {
		const bytes = await input.files.read(file, maxProofBytes);
		if (bytes === null) continue;
		const problem = problemOfProof(textOf$1(bytes) ?? "", file, input);
		if (problem !== null) input.failures.add("consistency_wrong", {
			file,
			detail: problem
		});
	}
}
function problemOfProof(text, file, input) {
	const { checkpoint, heads, crypto } = input;
	const proof = parseKeptProof(text);
	if (isMalformed(proof)) return proof.malformed;
	const old = readCheckpoint(proof.checkpoint);
	if (isMalformed(old)) return old.malformed;
	const before = old.unverifiedCheckpoint;
	if (proof.size !== before.size || file !== consistencyFile(before.size, checkpoint.size)) return "its sizes differ";
	if (before.origin !== checkpoint.origin) return "it is of another log";
	if (heads.judge(old, crypto.verifyEd25519) !== "signed") return "its checkpoint is not signed by the key";
	return verifyConsistency(proof.hashes, before, checkpoint, crypto.sha256) ? null : "the log does not continue it";
}
/** Shows that the log continues the checkpoint that the reader kept; answers its size when it does. */
async function checkSince(input, kept) {
	const { checkpoint, heads, failures, crypto } = input;
	const head = readCheckpoint(kept);
	if (isMalformed(head)) return noProof(failures, "since_malformed", head.malformed);
	const old = head.unverifiedCheckpoint;
	if (old.origin !== checkpoint.origin) return noProof(failures, "since_other_log", old.origin);
	if (heads.judge(head, crypto.verifyEd25519) !== "signed") return noProof(failures, "since_signature_bad", "");
	if (old.size > checkpoint.size) return noProof(failures, "since_newer", `${old.size}, ${checkpoint.size}`);
	const proof = await proofFrom(input, old.size);
	if (proof === null) return noProof(failures, "since_not_provable", `${old.size}`);
	if (verifyConsistency(proof, old, checkpoint, crypto.sha256)) return old.size;
	return noProof(failures, "since_inconsistent", "");
}
function noProof(failures, code, detail) {
	failures.add(code, { detail });
	return null;
}
/** A proof from a smaller tree, out of the file that the bundle has for it or out of its tiles; null: neither has it. */
async function proofFrom(input, size) {
	return await proofInBundle(input, size) ?? await input.tree.consistencyFrom(size);
}
async function proofInBundle({ checkpoint, files }, size) {
	const path = consistencyFile(size, checkpoint.size);
	const bytes = files.has(path) ? await files.read(path, maxProofBytes) : null;
	const proof = bytes === null ? null : parseKeptProof(textOf$1(bytes) ?? "");
	if (isMalformed(proof)) throw new VerificationStop("consistency_wrong", {
		file: path,
		detail: proof.malformed
	});
	return proof?.hashes ?? null;
}

// contracts/ledger/key-table.ts
const firstSlots = 1024;
const firstPool = 32768;
/**
* What a verifier remembers of each thread key, in plain arrays: about 70 bytes a key, and a key that lies in a
* longer text is looked up without making a string of it. `idOf` numbers the keys from 0; the columns are read
* and written by that number and begin with 0.
*/
var KeyTable = class {
	seed;
	factor;
	/** Open addressing: the number of a key + 1, or 0. */
	slots = new Int32Array(firstSlots);
	pool = new Uint8Array(firstPool);
	poolView = viewOf$1(this.pool);
	/** The bytes that a key was last looked for in. */
	viewed = this.pool;
	view = this.poolView;
	/** Where the key with that number begins in the pool; the next begins where it ends. */
	starts = /* @__PURE__ */ new Uint32Array(513);
	mixes = new Int32Array(firstSlots / 2);
	count = 0;
	/** The key's last place in its thread. */
	n = new Float64Array(firstSlots / 2);
	/** The record of that place. */
	index = new Float64Array(firstSlots / 2);
	/** The version that the thing has; -1: not known. */
	version = new Float64Array(firstSlots / 2);
	/** The keys that were moved since `takeMoved` was called, once each; null until it was called first. */
	moved = null;
	isMoved = /* @__PURE__ */ new Uint8Array(0);
	/**
	* `seed`: bytes that whoever chose the keys could not choose too, such as the root over the records that hold
	* them; else keys could be made that all fall on one place and make every look-up a search.
	*/
	constructor(seed) {
		const view = new DataView(seed.buffer, seed.byteOffset, seed.byteLength);
		this.seed = view.getInt32(0);
		this.factor = view.getInt32(4) | 1;
	}
	get size() {
		return this.count;
	}
	clear() {
		if (this.count === 0) return;
		this.count = 0;
		this.slots = new Int32Array(firstSlots);
		this.pool = new Uint8Array(firstPool);
		this.poolView = viewOf$1(this.pool);
		this.starts = /* @__PURE__ */ new Uint32Array(513);
		this.mixes = new Int32Array(firstSlots / 2);
		this.n = new Float64Array(firstSlots / 2);
		this.index = new Float64Array(firstSlots / 2);
		this.version = new Float64Array(firstSlots / 2);
		this.moved = null;
	}
	/** To be called when a key has got another last place. */
	markMoved(id) {
		if (this.moved === null || this.isMoved[id] === 1) return;
		this.isMoved[id] = 1;
		this.moved.push(id);
	}
	/** The keys that got another last place since the call before; at the first call all that have one. */
	takeMoved() {
		const moved = this.moved ?? Array.from({ length: this.count }, (_, id) => id).filter((id) => this.n[id] !== 0);
		if (this.moved === null) this.isMoved = new Uint8Array(this.mixes.length);
		for (const id of moved) this.isMoved[id] = 0;
		this.moved = [];
		return moved;
	}
	idOfText(key) {
		const bytes = utf8(key);
		return this.idOf(bytes, 0, bytes.length);
	}
	textOf(id) {
		return fromUtf8(this.bytesOf(id));
	}
	bytesOf(id) {
		return this.pool.subarray(this.starts[id], this.starts[id + 1]);
	}
	/** The number of a key that is known, or -1. */
	findText(key) {
		const bytes = utf8(key);
		return this.find(bytes, 0, bytes.length);
	}
	find(bytes, start, end) {
		const mix = this.mix(bytes, start, end);
		const mask = this.slots.length - 1;
		for (let slot = spread(mix) & mask;; slot = slot + 1 & mask) {
			const id = this.slots[slot] - 1;
			if (id < 0 || this.mixes[id] === mix && this.isKey(id, bytes, start, end)) return id;
		}
	}
	idOf(bytes, start, end) {
		const mix = this.mix(bytes, start, end);
		const mask = this.slots.length - 1;
		for (let slot = spread(mix) & mask;; slot = slot + 1 & mask) {
			const id = this.slots[slot] - 1;
			if (id < 0) return this.add(slot, mix, bytes, start, end);
			if (this.mixes[id] === mix && this.isKey(id, bytes, start, end)) return id;
		}
	}
	isKey(id, bytes, start, end) {
		const at = this.starts[id];
		const length = this.starts[id + 1] - at;
		return length === end - start && sameLongBytes(this.poolView, at, this.viewOf(bytes), start, length);
	}
	viewOf(bytes) {
		if (bytes !== this.viewed) {
			this.viewed = bytes;
			this.view = viewOf$1(bytes);
		}
		return this.view;
	}
	mix(bytes, start, end) {
		const { factor } = this;
		const view = this.viewOf(bytes);
		const whole = end - (end - start) % 4;
		let mix = this.seed;
		for (let i = start; i < whole; i += 4) mix = Math.imul(mix ^ view.getInt32(i, true), factor) ^ mix >>> 15;
		for (let i = whole; i < end; i++) mix = Math.imul(mix ^ bytes[i], factor) ^ mix >>> 15;
		return Math.imul(mix ^ mix >>> 15, factor);
	}
	add(slot, mix, bytes, start, end) {
		const id = this.count;
		const at = this.starts[id];
		const length = end - start;
		if (at + length > this.pool.length) {
			this.pool = grown(this.pool, Uint8Array, at + length);
			this.poolView = viewOf$1(this.pool);
		}
		for (let i = 0; i < length; i++) this.pool[at + i] = bytes[start + i];
		this.starts[id + 1] = at + length;
		this.mixes[id] = mix;
		this.slots[slot] = id + 1;
		this.count += 1;
		if (this.count === this.mixes.length) this.growAll();
		return id;
	}
	growAll() {
		const keys = 2 * this.mixes.length;
		this.starts = grown(this.starts, Uint32Array, keys + 1);
		this.mixes = grown(this.mixes, Int32Array, keys);
		this.n = grown(this.n, Float64Array, keys);
		this.index = grown(this.index, Float64Array, keys);
		this.version = grown(this.version, Float64Array, keys);
		if (this.moved !== null) this.isMoved = grown(this.isMoved, Uint8Array, keys);
		this.slots = new Int32Array(2 * keys);
		const mask = this.slots.length - 1;
		for (let id = 0; id < this.count; id++) {
			let slot = spread(this.mixes[id]) & mask;
			while (this.slots[slot] !== 0) slot = slot + 1 & mask;
			this.slots[slot] = id + 1;
		}
	}
};
/** The low bits, which choose the slot, with something of the high ones. */
const spread = (mix) => mix ^ mix >>> 16;
function grown(old, kind, atLeast) {
	const made = new kind(Math.max(atLeast, 2 * old.length));
	made.set(old);
	return made;
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
function accountKind(account) {
	const colon = account.indexOf(":");
	return colon < 0 ? account : account.slice(0, colon);
}
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
* SHA-256, hex, of the journal as lines `nonce,<nonce>` where it has one, `source type,source id`, then `leg,account,signed minor,currency` for
* each posting in order, each ended by 0x0A: what a reader of book.csv can rebuild from its rows.
*/
function journalHash(journal) {
	const lines = journal.nonce === void 0 ? [] : [`nonce,${journal.nonce}`];
	lines.push(`${journal.source.type},${journal.source.id}`);
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
	keys;
	assumeUnseen;
	constructor(failures, keys, assumeUnseen) {
		this.failures = failures;
		this.keys = keys;
		this.assumeUnseen = assumeUnseen;
	}
	forget(keys) {
		this.assumeUnseen = true;
		this.heldFunds.clear();
		if (keys === null) this.payments.clear();
		else for (const key of keys) this.payments.set(this.keys.idOfText(key), null);
	}
	step(record, key, factType, values, journal) {
		const type = factType;
		const before = this.payments.get(key);
		if (!this.mayFollow(type, before)) this.failures.add("payment_step_illegal", {
			record,
			detail: `${this.keys.textOf(key)}: ${type}`
		});
		const after = {
			state: stateAfter[type],
			released: type === "payment.released@1" || before?.released === true,
			refunded: type === "payment.refunded@1" || before?.refunded === true,
			held: type === "payment.held@1" ? minor(values, "amount") : before?.held ?? null
		};
		if (type === "payment.parted@1") this.checkParts(record, after, values);
		this.payments.set(key, after);
		if (journal === null) return;
		for (const [name, expected, found] of amountsOf(type, values, journal)) if (expected !== found) this.failures.add("amount_mismatch", {
			record,
			detail: `${name} ${expected} ≠ ${found}`
		});
		this.moveHeld(record, journal);
	}
	mayFollow(type, before) {
		if (before === null) return true;
		if (before === void 0) return type === "payment.started@1" || this.assumeUnseen;
		if (type === "payment.started@1") return false;
		if (type === "payment.released@1" && before.released) return false;
		if (type === "payment.refunded@1" && before.refunded) return false;
		return follows[type].includes(before.state);
	}
	checkParts(record, payment, values) {
		const [release, refund] = [minor(values, "release"), minor(values, "refund")];
		if (payment.held === null || release === null || refund === null) return;
		if (release + refund > payment.held) this.failures.add("released_over_held", {
			record,
			detail: `${release + refund} > ${payment.held}`
		});
	}
	moveHeld(record, journal) {
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
				record,
				detail: `${posting.account} ${balance}`
			});
			if (balance === 0n) this.heldFunds.delete(key);
			else this.heldFunds.set(key, balance);
		}
	}
	/** A trade that ends by a payment needs one whose parts were decided. */
	checkEnd(record, payment, text) {
		if (text === null) return;
		const state = this.payments.get(payment);
		if (state === null || state === void 0 && this.assumeUnseen) return;
		if (state?.state !== "parting") this.failures.add("trade_without_payment", {
			record,
			detail: text
		});
	}
};
function minor(values, name) {
	const value = values.size === 0 ? void 0 : values.get(`/body/${name}`);
	if (value === void 0) return null;
	const parsed = money.safeParse(value);
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
	"trade.delivered@2": ["deliver"],
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
/** A freeze and its end are no steps of the trade: its state stays. */
const freezes = ["trade.frozen@1", "trade.frozen@2"];
const releases = ["trade.unfrozen@1", "trade.unfrozen@2"];
/** The id prefix of the thread that is a fact's own subject; parties' keys are blinded and not followed. */
const subjectPrefixes = {
	registration: "reg_",
	listing: "lst_",
	request: "req_",
	round: "rnd_",
	trade: "trd_",
	payment: "pay_",
	grant: "gra_",
	freeze: "frz_",
	index: "idx_",
	key: "key_",
	hold: "hld_",
	erasure: "era_",
	data: "era_"
};
/** In the table's column of versions. */
const unseen = 0;
const notKnown = -1;
/** Instead of the number of a key that the table has not. */
const noKey = -1;
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
	keys;
	assumeUnseen;
	trades = 0;
	erased = new ErasedValues();
	constructor(failures, keys, from) {
		this.keys = keys;
		this.failures = failures;
		this.assumeUnseen = from > 0;
		this.payments = new PaymentReplay(failures, keys, from > 0);
	}
	/** What a record that is not understood may have changed; null: anything, and then the caller clears the keys. */
	forget(keys) {
		if (keys === null) {
			this.assumeUnseen = true;
			this.tradeStates.clear();
		} else for (const text of keys) {
			const key = this.keys.idOfText(text);
			this.tradeStates.set(key, null);
			this.keys.version[key] = notKnown;
		}
		this.payments.forget(keys);
	}
	/** Any of the things may have changed, while what is known of their threads stays. */
	forgetStates() {
		this.forget(null);
		this.keys.version.fill(notKnown, 0, this.keys.size);
	}
	/** `values` are the record's opened values by path; `journal` is the one it certifies, where the book is there. */
	step(leaf, fact, values, journal) {
		if (fact.type === "data.erased@1") this.erased.add(leaf.index, fact.body);
		const [noun] = fact.type.split(".");
		const prefix = subjectPrefixes[noun];
		if (prefix === void 0) return;
		const keys = leaf.threads.map(([key]) => key).filter((key) => key.startsWith(prefix));
		if (keys[0] === void 0 || keys.length > 1) {
			this.withoutSubject(leaf.index, noun);
			return;
		}
		const key = this.keys.idOfText(keys[0]);
		this.checkVersion(leaf.index, key, fact.body.version);
		if (noun === "trade" && "state" in fact.body) {
			const payment = "payment" in fact.body ? fact.body.payment : null;
			const paid = payment === null ? -1 : this.keys.findText(payment);
			this.stepTrade(leaf.index, key, fact.type, fact.body.state, paid, payment);
		}
		if (noun === "payment") this.stepPayment(leaf.index, key, fact.type, values, journal);
	}
	/** Of a trade or a payment, whose records are about exactly one. */
	withoutSubject(record, noun) {
		if (noun === "trade" || noun === "payment") this.failures.add("subject_missing", {
			record,
			detail: noun
		});
	}
	stepPayment(record, key, type, values, journal) {
		this.payments.step(record, key, type, values, journal);
	}
	/** `key` is the subject's number in the table. */
	checkVersion(record, key, version) {
		const before = this.keys.version[key];
		if (!(before === unseen ? this.assumeUnseen || version === 1 : before === notKnown || version === before + 1)) this.failures.add("version_gap", {
			record,
			detail: `${this.keys.textOf(key)} ${before} → ${version}`
		});
		this.keys.version[key] = version;
	}
	/** `payment` is the one that the record names: its number where the table has it, and its text. */
	stepTrade(record, key, type, state, payment, paymentText) {
		const before = this.tradeStates.get(key);
		const problem = this.problemOfStep(type, before, state);
		if (problem !== null) this.failures.add(problem, {
			record,
			detail: `${this.keys.textOf(key)}: ${type} → ${state}`
		});
		if (before === void 0) this.trades += 1;
		const frozen = freezes.includes(type) || before?.frozen === true && !releases.includes(type);
		if (before) {
			before.state = state;
			before.frozen = frozen;
		} else this.tradeStates.set(key, {
			state,
			frozen
		});
		if (type === "trade.settled@1" || type === "trade.refunded@1") this.payments.checkEnd(record, payment, paymentText);
	}
	problemOfStep(type, before, state) {
		if (before === null) return null;
		if (before === void 0) {
			if (type === "trade.proposed@1") return state === "proposed" ? null : "step_illegal";
			return this.assumeUnseen ? null : "step_illegal";
		}
		if (freezes.includes(type) || releases.includes(type)) return state === before.state ? null : "step_illegal";
		if (!Object.hasOwn(stepsOfFact, type) || isFinal(tradeTransitions, before.state)) return "step_illegal";
		const taken = stepsOfFact[type].find((step) => nextState(tradeTransitions, before.state, step) === state);
		if (taken === void 0) return "step_illegal";
		return before.frozen && stoppedByFreeze.includes(taken) ? "step_while_frozen" : null;
	}
};

// contracts/ledger/verify-book.ts
const maxLine$1 = 4096;
const maxLegs = 1e3;
const maxTrialBalanceBytes = 1048576;
/** Journals of a block of 256 records that are kept until their turn; one has at most one. */
const maxAhead = 256;
/** One row of book.csv, or null when it is none; `leg` is the number that it must have. Old books have no nonces. */
function parseBookRow(line, leg) {
	const fields = parseCsvRow(line);
	if (isMalformed(fields)) return null;
	if (fields.length === oldBookColumns.length) fields.push("");
	if (fields.length !== bookColumns.length) return null;
	const [record, type, id, trade, occurredAt, number, account, debit, credit, currency, nonce] = fields;
	if (!/^(?:0|[1-9][0-9]{0,15})?$/.test(record) || number !== String(leg)) return null;
	if (!/^(?:[0-9a-f]{32})?$/.test(nonce)) return null;
	if (!Object.hasOwn(accountKinds, accountKind(account))) return null;
	const amount = {
		minor: debit === "" ? credit : debit,
		currency
	};
	if (!isMoney(amount) || debit === "" === (credit === "")) return null;
	const posting = debit === "" ? {
		account,
		credit: amount
	} : {
		account,
		debit: amount
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
		posting,
		nonce
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
	/** Those after it that were read before their turn. */
	ahead = [];
	started = false;
	ended;
	journals = 0;
	constructor(files, failures) {
		const file = bundleFiles.book;
		this.files = files;
		this.failures = failures;
		this.lines = files.has(file) ? files.lines(file, maxLine$1) : null;
		this.ended = this.lines === null;
	}
	/** Whether it is already known that no journal of this record or one before it follows. */
	hasNoneFor(index) {
		if (this.entry === null) return this.ended;
		return this.entry.record === null || this.entry.record > index;
	}
	/** Reads what belongs to records before this one, as far as that is not very much, so that `journalNow` has it. */
	async gather(before) {
		this.entry ??= await this.read();
		for (let last = this.ahead.at(-1) ?? this.entry; this.ahead.length < maxAhead;) {
			if (last === null || last.record === null || last.record >= before) return;
			last = await this.readEntry();
			if (last !== null) this.ahead.push(last);
		}
	}
	/** The journal that the record certifies, where it is at hand and right; null when there is no book. */
	journalNow(record, certified) {
		if (this.lines === null) return null;
		if (this.entry?.record !== record) return void 0;
		const { journal } = this.entry;
		return journalHash(journal) === certified ? journal : void 0;
	}
	/** Goes on after the journal that `journalNow` answered. */
	take() {
		this.entry = this.ahead.shift() ?? null;
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
		if (bytes !== null && textOf$1(bytes) !== this.balance.table()) this.failures.add("trial_balance_wrong", { file });
	}
	async read() {
		return this.ahead.shift() ?? await this.readEntry();
	}
	/** The next journal: neighbouring rows of one source. */
	async readEntry() {
		this.row ??= await this.readRow(1);
		if (this.row === null) {
			this.ended = true;
			return null;
		}
		const { record, source, trade, occurredAt, posting, nonce } = this.row;
		const postings = [posting];
		this.row = await this.readRow(2);
		while (this.row !== null && this.row.source.type === source.type && this.row.source.id === source.id) {
			postings.push(this.row.posting);
			this.row = await this.readRow(postings.length + 1);
		}
		const journal = {
			...nonce === "" ? {} : { nonce },
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
			const text = textOf$1(line) ?? "";
			if (!this.started) {
				this.started = true;
				if (text === bookColumns.join() || text === oldBookColumns.join()) continue;
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
* belongs to. Keeps two numbers per thread key in `keys`: the memory grows with the number of things, not of records.
*/
var ChainAudit = class {
	failures;
	log;
	/** A key not met yet may continue a record before this position, which was not read or not understood. */
	assumedBefore;
	keys;
	/** Records at hand that are not understood: a thread may go on after one of them, as they say nothing of theirs. */
	notUnderstood = /* @__PURE__ */ new Set();
	lastAt = "";
	/** The hash that the next record must name; null where it is not known, as at the start of a range. */
	previous;
	constructor(failures, keys, log, from) {
		this.keys = keys;
		this.failures = failures;
		this.log = log;
		this.assumedBefore = from;
		this.previous = from === 0 ? new Uint8Array(32) : null;
	}
	/** `hash` is what the following record has to name, or null when that is not known. */
	follow(hash) {
		this.previous = hash;
	}
	/**
	* A record that is not understood may continue any thread: what follows is assumed once per key. Whoever calls
	* this also clears the keys.
	*/
	forget() {
		this.assumedBefore = Number.POSITIVE_INFINITY;
	}
	checkEnvelope(record) {
		if (record.log !== this.log) this.failures.add("record_of_other_log", {
			record: record.index,
			detail: record.log
		});
		if (this.previous !== null && toHex(this.previous) !== record.prev) this.failures.add("chain_broken", { record: record.index });
	}
	checkLeaf(leaf) {
		if (leaf.at < this.lastAt) this.failures.add("time_backwards", { record: leaf.index });
		this.lastAt = leaf.at;
		for (const [key, n, prevIndex] of leaf.threads) this.checkThread(leaf.index, this.keys.idOfText(key), n, prevIndex ?? -1);
	}
	/** `key` is its number in the table; `prevIndex` is -1 for the first record of a thread. */
	checkThread(record, key, n, prevIndex) {
		const { keys } = this;
		const before = keys.n[key];
		if (!(before > 0 ? n === before + 1 && prevIndex === keys.index[key] : prevIndex < this.assumedBefore) && !this.followsUnknown(key, n, prevIndex)) this.failures.add("thread_broken", {
			record,
			detail: keys.textOf(key)
		});
		keys.n[key] = n;
		keys.index[key] = record;
		keys.markMoved(key);
	}
	followsUnknown(key, n, prevIndex) {
		const { keys, notUnderstood } = this;
		const before = keys.n[key];
		return notUnderstood.has(prevIndex) && n > before + 1 && (before === 0 || prevIndex > keys.index[key]);
	}
};

// contracts/ledger/thread-map.ts
/**
* The map of threads, version 1: which threads a log has, how many records each, and where the last one lies.
* Its root stands in `index.sealed@1`, so that whoever holds a key can be shown that no record of its thread is
* missing, and that a key has no thread at all. To build it over the first `size` records of a log:
*
* - A key's bucket is the number in the first two bytes, big-endian, of SHA-256 of the key's ASCII bytes.
* - A bucket's text has one line for each of its keys, sorted by the keys' bytes: the key, a space, n of its last
*   record (how many it has), a space, the position of that record, a line feed (0x0A); both numbers decimal.
* - The root is that of the tree of RFC 6962 over exactly 65,536 leaves: the texts of buckets 0 to 65,535. Most of
*   a young log are empty, and an empty text is a leaf like another: SHA-256(0x00).
*
* The body of `index.sealed@1` holds `root`, `size`, and `keys`, the number of keys in the map. `size` is the
* position after the record of type `index.sealed@1` before this one, and 0 in the first: the map of a prefix
* that is complete and fixed when it is computed, and which whoever reads the log in order knows in time.
*
* A key is shown by its bucket's text and the inclusion proof of that leaf; a key that is not in the text has no
* record among the first `size`.
*/
const mapDepth = 16;
const mapBuckets = 2 ** 16;
function bucketOf(key, sha256) {
	const hash = sha256(key);
	return hash[0] * 256 + hash[1];
}
const bucketOfText = (key, sha256) => bucketOf(utf8(key), sha256);
const bucketText = (entries) => entries.map(([key, n, index]) => `${key} ${n} ${index}\n`).join("");
const bucketHash = (entries, sha256) => leafHash(utf8(bucketText(entries)), sha256);
/** The tree over the buckets: 4 MB, and each change costs 16 hashes at most. */
var MapTree = class {
	sha256;
	/** Node 1 is the root; the children of i are 2 i and 2 i + 1; bucket b is node 65,536 + b. */
	nodes = new Uint8Array(2 * mapBuckets * 32);
	changed = /* @__PURE__ */ new Set();
	constructor(sha256) {
		this.sha256 = sha256;
		let hash = leafHash(/* @__PURE__ */ new Uint8Array(0), sha256);
		for (let first = mapBuckets; first >= 1; first /= 2) {
			for (let node = first; node < 2 * first; node++) this.nodes.set(hash, node * 32);
			hash = nodeHash(hash, hash, sha256);
		}
	}
	set(bucket, hash) {
		this.nodes.set(hash, (mapBuckets + bucket) * 32);
		this.changed.add(mapBuckets + bucket >> 1);
	}
	root() {
		for (let level = 0; level < 16 && this.changed.size > 0; level++) {
			const above = /* @__PURE__ */ new Set();
			for (const node of this.changed) {
				this.nodes.set(nodeHash(this.at(2 * node), this.at(2 * node + 1), this.sha256), node * 32);
				above.add(node >> 1);
			}
			this.changed = above;
		}
		this.changed.clear();
		return this.at(1).slice();
	}
	/** The inclusion proof of a bucket, leaf to root; only right after `root`. */
	proof(bucket) {
		const proof = [];
		for (let node = mapBuckets + bucket; node > 1; node >>= 1) proof.push(this.at(node ^ 1).slice());
		return proof;
	}
	at(node) {
		return this.nodes.subarray(node * 32, node * 32 + 32);
	}
};
/** Strict: one canonical form, keys sorted and each once. That they belong to the bucket is for the proof's reader. */
function parseMapBucket(text) {
	try {
		const { bucket, entries, proof, ...rest } = parseCanonical(text);
		if (Object.keys(rest).length > 0 || !isCount(bucket) || bucket >= mapBuckets) return malformed("no bucket");
		if (!Array.isArray(entries) || !entries.every(isEntry)) return malformed("a key's line is not key, n, index");
		if (entries.some(([key], i) => i > 0 && key <= entries[i - 1][0])) return malformed("keys are not sorted, each once");
		if (!Array.isArray(proof) || proof.length !== 16) return malformed(`not a proof of ${16} hashes`);
		return {
			bucket,
			entries,
			proof: proof.map((hash) => fromBase64(String(hash)))
		};
	} catch {
		return malformed("not canonical JSON with a proof in base64");
	}
}
const isCount = (value) => typeof value === "number" && value >= 0;
function isEntry(value) {
	if (!Array.isArray(value) || value.length !== 3) return false;
	const [key, n, index] = value;
	return typeof key === "string" && !key.includes("\n") && isCount(n) && n >= 1 && isCount(index);
}
const provesBucket = ({ bucket, entries, proof }, root, sha256) => verifyInclusion(proof, bucket, mapBuckets, bucketHash(entries, sha256), root, sha256);

// contracts/ledger/verify-counts.ts
/** Thousands of keys may share a bucket once a log has some hundred million. */
const maxLine = 16777216;
/**
* Compares how many records each thread has in the bundle, and where the last lies, with the sealed index: the file
* threads.jsonl holds the buckets of the wanted keys, sorted, each with its proof.
*/
async function checkThreadCounts(wanted, input) {
	const { files, failures, sha256, root } = input;
	const file = bundleFiles.threads;
	const open = byBucket(wanted, sha256);
	const lines = files.lines(file, maxLine);
	let before = -1;
	for (let line = await lines.next(); line !== null; line = await lines.next()) {
		const found = parseMapBucket(textOf$1(line) ?? "");
		if (isMalformed(found)) {
			failures.add("index_line_malformed", {
				file,
				detail: found.malformed
			});
			continue;
		}
		const { bucket } = found;
		if (bucket <= before) failures.add("index_line_malformed", {
			file,
			detail: `bucket ${bucket} again`
		});
		before = bucket;
		if (!provesBucket(found, root, sha256)) failures.add("index_proof_wrong", {
			file,
			detail: `${bucket}`
		});
		else compare(found, open.get(bucket) ?? [], input);
		open.delete(bucket);
	}
	for (const threads of open.values()) for (const { key } of threads) failures.add("thread_not_counted", {
		file,
		detail: key
	});
}
function byBucket(wanted, sha256) {
	const buckets = /* @__PURE__ */ new Map();
	for (const thread of wanted.all()) {
		const bucket = bucketOfText(thread.key, sha256);
		const inside = buckets.get(bucket);
		if (inside === void 0) buckets.set(bucket, [thread]);
		else inside.push(thread);
	}
	return buckets;
}
function compare({ entries }, threads, { failures, notUnderstood }) {
	for (const { key, n, index } of threads) {
		const [, sealedN, sealedIndex] = entries.find(([sealed]) => sealed === key) ?? [
			key,
			0,
			0
		];
		if (sealedN === n && sealedIndex === index) continue;
		if (sealedN > n && notUnderstood.has(sealedIndex)) continue;
		const detail = `${key}: ${n} (${n === 0 ? "-" : index}), ${sealedN} (${sealedN === 0 ? "-" : sealedIndex})`;
		failures.add("thread_incomplete", {
			file: bundleFiles.threads,
			detail
		});
	}
}

// contracts/ledger/verify-rotations.ts
/** A year of daily changes, and more: nobody needs as many, and each costs two signatures to check. */
const maxRotations = 400;
const maxRotationBytes = 11e5;
/**
* The changes of the log's key that the bundle proves, from the first on, up to one that is wrong. They are read
* before the manifest, whose signature they are needed for; as files they are checked like all others.
*/
async function readRotations$1(bundle, { origin }, crypto, failures) {
	const rotations = [];
	while (rotations.length < maxRotations) {
		const file = rotationFile(rotations.length + 1);
		const bytes = await readOrStop(bundle, file);
		if (bytes === null) break;
		const next = readNext(textOf(bytes), origin, rotations, crypto);
		if (isProblem(next)) {
			const { code, ...detail } = next;
			failures.add(code, {
				file,
				...detail
			});
			break;
		}
		rotations.push(next);
	}
	return rotations;
}
async function readOrStop(bundle, file) {
	try {
		return await readSmall(bundle, file, maxRotationBytes);
	} catch (error) {
		if (error instanceof VerificationStop) throw error;
		throw new VerificationStop("bundle_unreadable", {
			file,
			detail: reason(error)
		});
	}
}
function readNext(text, origin, before, crypto) {
	const next = readRotation(text, crypto);
	if (isProblem(next)) return next;
	if (next.handover.origin !== origin) return {
		code: "rotation_malformed",
		detail: "it is of another log"
	};
	if (next.version !== before.length + 1) return {
		code: "rotation_out_of_order",
		record: next.index,
		detail: `${next.version}`
	};
	return problemOfNext(before.at(-1) ?? null, next) ?? next;
}
function textOf(bytes) {
	try {
		return fromUtf8(bytes);
	} catch {
		return "";
	}
}
/** The log continues the tree of each handover, and every file that is named like a proof was read as one. */
async function checkRotations(input) {
	const { checkpoint, rotations, files, failures, crypto } = input;
	for (const { handover, index, version } of rotations) {
		const file = rotationFile(version);
		const proof = handover.size < checkpoint.size ? await proofFrom(input, handover.size) : [];
		if (!(handover.size === checkpoint.size ? equalBytes(handover.root, checkpoint.root) : proof !== null && verifyConsistency(proof, handover, checkpoint, crypto.sha256))) failures.add("rotation_not_in_log", {
			record: index,
			file,
			detail: `${handover.size}`
		});
	}
	checkNames(files, failures, rotations.length);
}
/** The one at which reading stopped was told of then. */
function checkNames(files, failures, read) {
	const names = new Set(Array.from({ length: read + 1 }, (_, i) => rotationFile(i + 1)));
	for (const file of files.paths("rotations")) if (!names.has(file)) failures.add("rotation_out_of_order", {
		file,
		detail: file.replace("rotations/", "")
	});
}
/** A record that changes the key must be one whose change the bundle proves. */
function checkRotationRecord(leaf, rotations, failures) {
	if (leaf.type !== "key.rotated@1") return;
	const { index, body } = leaf;
	const proven = rotations.find((one) => one.index === index);
	if (!(proven !== void 0 && body.from === formatVerifierKey(proven.from) && body.to === formatVerifierKey(proven.to) && body.version === proven.version)) failures.add("rotation_unproven", { record: index });
}

// contracts/ledger/wanted-threads.ts
const tradePrefix = "trd_";
/** What belongs to a trade names its thread in each of its records. */
const ofTrade = ["payment", "grant"];
/**
* The threads that a filtered bundle must hold whole: those asked for, and the thread of every trade that one of
* their records names (the first record of a trade names its parties' threads and its listing's).
*/
var WantedThreads = class {
	roots;
	wanted;
	keys;
	counted = [];
	constructor(roots, keys) {
		this.roots = new Set(roots);
		this.wanted = new Set(roots);
		this.keys = keys;
	}
	get count() {
		return this.wanted.size;
	}
	/** The record's places in wanted threads; what it names becomes wanted. Records come in their order. */
	threadsOf({ threads }) {
		if (threads.some(([key]) => this.roots.has(key))) {
			for (const [key] of threads) if (key.startsWith(tradePrefix)) this.wanted.add(key);
		}
		return threads.filter(([key]) => this.wanted.has(key));
	}
	/** Whether all records of what this one is about must be here, so that its meaning can be replayed. */
	hasWholeSubject({ type, threads }) {
		const [noun] = type.split(".");
		return threads.some(([key]) => this.wanted.has(key) && !key.includes(":")) && (noun === "trade" || noun === "listing" || ofTrade.includes(noun));
	}
	/** To be called after the last record that the sealed index covers: keeps what it has to say of each thread. */
	noteCounted() {
		this.counted = [...this.wanted].map((key) => {
			const id = this.keys.idOfText(key);
			return {
				key,
				n: this.keys.n[id],
				index: this.keys.index[id]
			};
		});
	}
	/** Of every wanted thread, those that begin after the index too: of them it says nothing. */
	*all() {
		const before = new Map(this.counted.map((thread) => [thread.key, thread]));
		for (const key of this.wanted) yield before.get(key) ?? {
			key,
			n: 0,
			index: 0
		};
	}
};

// contracts/ledger/verify-filtered.ts
/**
* Checks a bundle that holds all records of some threads and no others: each record against the tree, each thread
* link by link; that no thread has more before the sealed index ends, by the index; and that none has more after
* it, by reading every record that follows. Nothing else of the log is there to be read, so that the index counts
* rightly is not shown here but by an audit of the whole log.
*/
var FilteredAudit = class {
	input;
	keys;
	wanted;
	chain;
	table;
	opened;
	book;
	replay;
	lines;
	erased = new ErasedValues();
	unknown = {
		count: 0,
		first: null,
		kinds: []
	};
	line = null;
	last = -1;
	records = 0;
	scanned = 0;
	isIndexSeen = false;
	constructor(input) {
		const { files, failures, sha256, log, filter } = input;
		this.input = input;
		this.keys = new KeyTable(input.root);
		this.wanted = new WantedThreads(filter.keys, this.keys);
		this.chain = new ChainAudit(failures, this.keys, log, 0);
		this.chain.follow(null);
		this.table = new RecordTable(files, failures);
		this.opened = new OpenedValues(files, failures, sha256);
		this.book = new BookReader(files, failures);
		this.replay = new Replay(failures, this.keys, 0);
		this.lines = files.lines(bundleFiles.records, maxLeafBytes, true);
	}
	async run() {
		const { files, failures, sha256, filter, size } = this.input;
		const { index } = filter;
		const counted = index?.size ?? 0;
		await this.read();
		while (this.line !== null && this.line.index < Math.min(counted, size)) await this.checkNext();
		this.wanted.noteCounted();
		await this.scanTail(counted);
		for (; this.line !== null; await this.read()) failures.add("record_beyond_range", {
			record: this.line.index,
			detail: `${size}`
		});
		if (index !== null) {
			if (!this.isIndexSeen) failures.add("index_not_named", { record: index.record });
			await checkThreadCounts(this.wanted, {
				files,
				failures,
				sha256,
				root: fromHex(index.root),
				notUnderstood: this.chain.notUnderstood
			});
		}
		await this.table.finish();
		await this.opened.finish();
		await this.book.finish();
		return {
			records: this.records,
			disclosures: this.opened.checked,
			journals: this.book.journals,
			trades: this.replay.trades,
			maps: 0,
			unknown: this.unknown,
			erased: this.erased.report(),
			threads: this.wanted.count,
			scanned: this.scanned
		};
	}
	/** Reads the next line that stands in its order. One that cannot be read has no place, and is told of and passed. */
	async read() {
		const { failures } = this.input;
		for (this.line = null; this.line === null;) {
			const bytes = await this.lines.next();
			if (bytes === null) return;
			const decoded = decodeLeaf(bytes);
			if (isMalformed(decoded)) {
				failures.add("record_malformed", {
					file: bundleFiles.records,
					detail: decoded.malformed
				});
				continue;
			}
			const record = "leaf" in decoded ? decoded.leaf : decoded.unknownVersion;
			const { index } = record;
			if (index <= this.last) failures.add("record_out_of_order", {
				record: index,
				detail: `> ${this.last}`
			});
			else {
				this.last = index;
				this.chain.checkEnvelope(record);
				this.line = {
					bytes,
					index,
					leaf: "leaf" in decoded ? decoded.leaf : null
				};
				if (!("leaf" in decoded)) this.countUnknown(index, `v${decoded.unknownVersion.v}`);
			}
		}
	}
	async checkNext() {
		const { failures, sha256, tree } = this.input;
		const { bytes, index, leaf } = this.line;
		const hash = leafHash(bytes, sha256);
		await tree.seek(index);
		if (!tree.fits(index, hash)) failures.add("not_in_tree", { record: index });
		this.records += 1;
		if (leaf !== null) await this.checkLeaf(leaf, toHex(hash));
		else await this.passNotUnderstood(index);
		await this.read();
	}
	/** It is one of the threads, as is known of whoever exported it, but which it is and what it says is not. */
	async passNotUnderstood(index) {
		this.chain.notUnderstood.add(index);
		this.replay.forgetStates();
		await this.book.pass(index);
		await this.table.skipTo(index, false);
		await this.opened.skipTo(index + 1, index);
	}
	async checkLeaf(leaf, hash) {
		const { failures } = this.input;
		const { index, type, body } = leaf;
		if (leaf.at < this.chain.lastAt) failures.add("time_backwards", { record: index });
		this.chain.lastAt = leaf.at;
		const threads = this.wanted.threadsOf(leaf);
		if (threads.length === 0 && this.chain.notUnderstood.size === 0) failures.add("record_not_asked_for", { record: index });
		for (const [key, n, prevIndex] of threads) this.chain.checkThread(index, this.keys.idOfText(key), n, prevIndex ?? -1);
		await this.table.check(leaf, hash);
		const values = await this.opened.of(leaf);
		const problem = isFactType(type) ? problemOfBody(type, body) : null;
		if (type === "data.erased@1" && problem === null) this.erased.add(index, body);
		if (problem !== null) failures.add("body_malformed", {
			record: index,
			detail: problem
		});
		else if (!isFactType(type)) this.countUnknown(index, type);
		else if (this.wanted.hasWholeSubject(leaf)) return this.replay.step(leaf, {
			type,
			body
		}, values, await this.book.journalOf(leaf));
		else return;
		this.replay.forget(leaf.threads.map(([key]) => key));
		await this.book.pass(index);
	}
	/** Reads every record from `start` on, out of the entry bundles: those of the threads must be in the bundle. */
	async scanTail(start) {
		const { files, failures, size } = this.input;
		for (let from = start - start % 256; from < size; from += 256) {
			const tile = tileOfSize("entries", from / 256, size);
			if (tile === null) return;
			const file = tilePath(tile);
			const bytes = await files.read(file, maxEntryBundleBytes);
			const entries = bytes === null ? null : decodeEntries(bytes, tile.width);
			if (isMalformed(entries)) failures.add("tile_malformed", {
				file,
				detail: entries.malformed
			});
			if (entries === null || isMalformed(entries)) continue;
			await this.input.tree.seek(from);
			for (const [i, entry] of entries.entries()) await this.scanEntry(from + i, entry, file, start);
		}
	}
	async scanEntry(index, entry, file, start) {
		const { failures, tree, sha256 } = this.input;
		if (!tree.fits(index, leafHash(entry, sha256))) failures.add("entry_mismatch", {
			record: index,
			file
		});
		if (index < start) return;
		this.scanned += 1;
		while (this.line !== null && this.line.index < index) await this.checkNext();
		const isHere = this.line?.index === index;
		if (isHere && !equalBytes(this.line.bytes, entry)) failures.add("entry_mismatch", {
			record: index,
			file
		});
		if (isHere) await this.checkNext();
		this.readEntry(index, entry, isHere);
	}
	readEntry(index, entry, isHere) {
		const { failures, filter } = this.input;
		const decoded = decodeLeaf(entry);
		if (isMalformed(decoded)) {
			failures.add("record_malformed", {
				record: index,
				detail: decoded.malformed
			});
			return;
		}
		if (!("leaf" in decoded)) {
			if (!isHere) this.countUnknown(index, `v${decoded.unknownVersion.v}`);
			return;
		}
		const { leaf } = decoded;
		const [missing] = isHere ? [] : this.wanted.threadsOf(leaf);
		if (missing !== void 0) failures.add("thread_record_missing", {
			record: index,
			detail: missing[0]
		});
		checkRotationRecord(leaf, this.input.rotations, failures);
		if (filter.index?.record !== index || leaf.type !== "index.sealed@1") return;
		this.isIndexSeen = leaf.body.size === filter.index.size && leaf.body.root === filter.index.root;
	}
	countUnknown(index, kind) {
		this.unknown.count += 1;
		this.unknown.first ??= index;
		if (this.unknown.kinds.length < 20 && !this.unknown.kinds.includes(kind)) this.unknown.kinds.push(kind);
	}
};

// contracts/ledger/verify-entries.ts
/** Compares the entry bundles of the published log with the records, one bundle of 256 at a time. */
var EntryAudit = class {
	files;
	failures;
	sha256;
	size;
	/** Where the records of this bundle lie, by their place in it; null for one that is missing. */
	leaves = new Array(256).fill(null);
	/** A view of the bytes that the last record lay in: most lie in the same. */
	view = /* @__PURE__ */ new DataView(/* @__PURE__ */ new ArrayBuffer(0));
	viewed = null;
	starts = new Int32Array(256);
	ends = new Int32Array(256);
	/** A faster way to find that a bundle holds exactly the records that were added; false says nothing. */
	isBlock = () => false;
	constructor(files, failures, sha256, size) {
		this.files = files;
		this.failures = failures;
		this.sha256 = sha256;
		this.size = size;
	}
	/** The record's bytes are those from `start` to `end`; they stay as they are until the bundle was compared. */
	add(index, bytes, start, end) {
		const place = index % 256;
		this.leaves[place] = bytes;
		this.starts[place] = start;
		this.ends[place] = end;
	}
	/**
	* Compares the bundle that holds a record, once all its records were added. Entries of the bundle that lie
	* outside of the exported range are compared with the tree (`hashAt`).
	*/
	async flush(record, from, to, hashAt) {
		const tile = tileOfSize("entries", Math.floor(record / 256), this.size);
		if (tile === null) return;
		const file = tilePath(tile);
		const bytes = await this.files.read(file, maxEntryBundleBytes, true);
		if (bytes !== null && (this.isBlock(bytes) || this.areAllEntries(bytes, tile))) return this.forget();
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
		this.forget();
	}
	forget() {
		this.leaves.fill(null);
	}
	/** Whether a full bundle holds exactly the records, which lie in the same bytes: without making anything of it. */
	areAllEntries(bundle, { width }) {
		const [first] = this.leaves;
		if (!first || width < 256 || !this.leaves.every((leaf) => leaf === first)) return false;
		const [view, leaves] = [viewOf$1(bundle), viewOf$1(first)];
		let at = 0;
		for (let i = 0; i < 256; i++) {
			const start = this.starts[i];
			const length = this.ends[i] - start;
			if (bundle.length < at + 2 + length || view.getUint16(at) !== length) return false;
			if (!sameLongBytes(leaves, start, view, at + 2, length)) return false;
			at += 2 + length;
		}
		return at === bundle.length;
	}
	/** A record that is missing was told of already. */
	fitsRecord(index, entry) {
		const place = index % 256;
		const leaf = this.leaves[place];
		if (!leaf) return true;
		const start = this.starts[place];
		const length = this.ends[place] - start;
		if (leaf !== this.viewed) {
			this.viewed = leaf;
			this.view = viewOf$1(leaf);
		}
		return entry.length === length && sameLongBytes(this.view, start, viewOf$1(entry), 0, length);
	}
	fitsTree(entry, hash) {
		return hash === null || equalBytes(leafHash(entry, this.sha256), hash);
	}
};

// contracts/ledger/verify-map.ts
const none$1 = -1;
/**
* Builds the map of threads again from the records that are read anyway, and compares it with each
* `index.sealed@1`. Nothing is done before the first of them; from then on a bucket is hashed when one of its keys
* has moved. Keeps six bytes a key, and the tree.
*/
var MapAudit = class {
	failures;
	keys;
	sha256;
	tree = null;
	/** The first key of each bucket and the one after each key, in the order of their bytes. */
	first = /* @__PURE__ */ new Int32Array(0);
	after = /* @__PURE__ */ new Int32Array(1024);
	bucket = /* @__PURE__ */ new Uint16Array(1024);
	isPlaced = /* @__PURE__ */ new Uint8Array(1024);
	placed = 0;
	/** What the next one must say; null where not all records before it were read and understood. */
	next = null;
	canKnow;
	checked = 0;
	constructor(failures, keys, sha256, from) {
		this.failures = failures;
		this.keys = keys;
		this.sha256 = sha256;
		this.canKnow = from === 0;
	}
	/** Some record before was not read or not understood: from here on nothing can be said about maps. */
	forget() {
		this.canKnow = false;
	}
	/** To be called for each record of that type, once its own threads stand in the table of keys. */
	check(record, { size, keys, root }) {
		if (!this.canKnow) return;
		const expected = this.next ?? {
			size: 0,
			keys: 0,
			root: toHex(this.treeOf().root())
		};
		if (size !== expected.size || keys !== expected.keys || root !== expected.root) this.failures.add("index_wrong", {
			record,
			detail: `${expected.size}, ${expected.keys}, ${expected.root}`
		});
		this.checked += 1;
		this.update();
		this.next = {
			size: record + 1,
			keys: this.placed,
			root: toHex(this.treeOf().root())
		};
	}
	treeOf() {
		this.tree ??= new MapTree(this.sha256);
		if (this.first.length === 0) this.first = new Int32Array(mapBuckets).fill(none$1);
		return this.tree;
	}
	update() {
		const changed = /* @__PURE__ */ new Set();
		for (const key of this.keys.takeMoved()) {
			this.makeRoomFor(key);
			if (this.isPlaced[key] === 0) this.place(key);
			changed.add(this.bucket[key]);
		}
		for (const bucket of changed) this.treeOf().set(bucket, bucketHash(this.entriesOf(bucket), this.sha256));
	}
	makeRoomFor(key) {
		if (key < this.after.length) return;
		const length = Math.max(key + 1, 2 * this.after.length);
		const [after, bucket, isPlaced] = [
			new Int32Array(length),
			new Uint16Array(length),
			new Uint8Array(length)
		];
		after.set(this.after);
		bucket.set(this.bucket);
		isPlaced.set(this.isPlaced);
		Object.assign(this, {
			after,
			bucket,
			isPlaced
		});
	}
	place(key) {
		const bytes = this.keys.bytesOf(key);
		const bucket = bucketOf(bytes, this.sha256);
		let before = none$1;
		let next = this.first[bucket];
		while (next !== none$1 && isBefore(this.keys.bytesOf(next), bytes)) {
			before = next;
			next = this.after[next];
		}
		this.after[key] = next;
		if (before === none$1) this.first[bucket] = key;
		else this.after[before] = key;
		this.bucket[key] = bucket;
		this.isPlaced[key] = 1;
		this.placed += 1;
	}
	entriesOf(bucket) {
		const entries = [];
		for (let key = this.first[bucket]; key !== none$1; key = this.after[key]) entries.push([
			this.keys.textOf(key),
			this.keys.n[key],
			this.keys.index[key]
		]);
		return entries;
	}
};
function isBefore(a, b) {
	for (let i = 0; i < a.length && i < b.length; i++) if (a[i] !== b[i]) return a[i] < b[i];
	return a.length < b.length;
}

// contracts/ledger/lanes/block-text.ts
const most = 256;
const hexLength = 2 * 32;
const rowsAt = messagesAt;
const bundleAt = rowsAt + leavesRoom;
const hashesAt = givenAt;
/** The hex of the hash before the first, then of each. */
const hexAt = hashesAt + 257 * 32;
const placesAt = hexAt + 257 * hexLength;
const patternsAt = placesAt + most * 8;
const patternsEnd = givenAt + givenBytes;
/**
* The text of a block of leaves as it lies in the memory of the lanes that have just hashed it, compared there with
* patterns, with its rows of a table and with its entry bundle.
*/
var BlockText = class {
	lanes;
	places;
	patternsTo = patternsAt;
	/** Where the text of the block began in the bytes that it was copied from; -1: none lies here. */
	from = -1;
	rowsFrom = -1;
	count = 0;
	constructor(lanes) {
		this.lanes = lanes;
		this.places = new Int32Array(lanes.memory.buffer, placesAt, 2 * most);
	}
	clear() {
		this.from = -1;
		this.rowsFrom = -1;
	}
	/** The block that `hashLeaves` has left at `textAt`; `before` is the hash that its first record has to name. */
	begin(starts, ends, count, hashes, before) {
		const { memory, code } = this.lanes;
		const from = starts[0];
		memory.set(before, hashesAt);
		memory.set(hashes.subarray(0, count * 32), hashesAt + 32);
		code.hex(hashesAt, hexAt, (1 + count) * 32 / 16);
		for (let i = 0; i < count; i++) {
			const start = starts[i];
			this.places[2 * i] = start - from;
			this.places[2 * i + 1] = ends[i] - start;
		}
		this.from = from;
		this.rowsFrom = -1;
		this.count = count;
	}
	/** The rows of the block, which lie in `bytes` from `start` to `end`. */
	placeRows(bytes, start, end) {
		this.rowsFrom = -1;
		if (end - start > 1048576) return;
		this.lanes.memory.set(bytes.subarray(start, end), rowsAt);
		this.rowsFrom = start;
	}
	get hasText() {
		return this.from >= 0;
	}
	get hasRows() {
		return this.rowsFrom >= 0;
	}
	/** Where a pattern was put, or -1 when there is no room. */
	addPattern(bytes) {
		const at = this.patternsTo;
		if (at + bytes.length > patternsEnd) return -1;
		this.lanes.memory.set(bytes, at);
		this.patternsTo = at + bytes.length;
		return at;
	}
	dropPatterns() {
		this.patternsTo = patternsAt;
	}
	/**
	* Whether the record at a place of the block fits the pattern, names the hash before it, and has this row, which
	* begins at `row` of the bytes of `placeRows`; -1: there are no rows.
	*/
	fits(pattern, place, row) {
		const text = textAt + this.places[2 * place];
		const rowAt = row < 0 ? 0 : rowsAt + row - this.rowsFrom;
		return this.lanes.code.record(pattern, text, rowAt, hexAt + (1 + place) * hexLength) === 1;
	}
	/** Whether this is the entry bundle of the block. */
	isEntryBundle(bytes) {
		if (this.from < 0 || bytes.length > 1048576) return false;
		this.lanes.memory.set(bytes, bundleAt);
		return this.lanes.code.entries(bundleAt, placesAt, this.count, textAt) === bundleAt + bytes.length;
	}
};

// contracts/ledger/leaf-pattern.ts
const [expected, digits, firstDigit, hex, idCharacter, any] = [
	0,
	1,
	2,
	3,
	4,
	5
];
const kindsByNumber = [
	{
		low: 0,
		more: 0,
		letters: 0
	},
	{
		low: 48,
		more: 9,
		letters: 0
	},
	{
		low: 49,
		more: 8,
		letters: 0
	},
	{
		low: 48,
		more: 9,
		letters: 6
	},
	{
		low: 48,
		more: 9,
		letters: 26
	},
	{
		low: 0,
		more: 255,
		letters: 0
	}
];
const timeLength$2 = 24;
const hashLength = 64;
const idLength = 30;
/** Stands for the hash, which is another in each. */
const noHash = new Uint8Array(hashLength);
/**
* The layout of a leaf that was scanned: most of its bytes are the same in every record like it, and the others are
* hashes, numbers, times and ids of the same length. Another leaf that fits has the same form, and its parts lie in
* the same places; only what its numbers and times say is not known by that.
*
* `bytes` is the pattern as `recordCode` reads it: for each byte what is expected, or which kinds may stand there;
* then the same of its row in records.csv, and which pieces of the row are copied from the record.
*/
function layoutOf(scan, start, end) {
	const kinds = kindsOf(scan, start, end);
	const text = scan.bytes.subarray(start, end);
	const row = new Uint8Array(mostRowBytes(end - start) + 1024);
	const rowLength = writeRowOf(row, 0, scan, noHash, 0);
	const { rowKinds, spans } = copiesOf(scan, start, kinds, rowLength);
	const [vectors, rowVectors] = [Math.ceil(text.length / 16), Math.ceil(rowLength / 16)];
	const spansAt = 32 + (vectors + rowVectors) * 48;
	const bytes = new Uint8Array(spansAt + spans.length / 3 * 12);
	const view = new DataView(bytes.buffer);
	view.setInt32(head.vectors, vectors, true);
	view.setInt32(head.rowVectors, rowVectors, true);
	view.setInt32(head.spans, spans.length / 3, true);
	view.setInt32(head.rowHash, rowLength - 1 - hashLength, true);
	view.setInt32(head.prev, scan.prev - start, true);
	putVectors(bytes, 32, text, kinds);
	putVectors(bytes, 32 + vectors * 48, row.subarray(0, rowLength), rowKinds);
	for (const [i, number] of spans.entries()) view.setInt32(spansAt + 4 * i, number, true);
	return {
		bytes,
		rowLength: rowLength - 1
	};
}
/** What is of no other kind is expected as it is. After the end there may be anything. */
function putVectors(to, at, text, kinds) {
	for (let i = 0; i < 16 * Math.ceil(text.length / 16); i++) {
		const place = at + 48 * Math.floor(i / 16) + i % 16;
		const number = i < text.length ? kinds[i] : any;
		const { low, more, letters } = kindsByNumber[number];
		to[place] = number === expected ? text[i] : low;
		to[place + 16] = more;
		to[place + 32] = letters;
	}
}
/** Which bytes of the leaf may be others. */
function kindsOf(scan, start, end) {
	const { bytes } = scan;
	const kinds = new Uint8Array(end - start);
	const mark = (from, to, kind) => {
		kinds.fill(kind, from - start, to - start);
	};
	const markDigits = (from, to) => {
		for (let i = from; i < to; i++) if (isOf(bytes[i], 1)) mark(i, i + 1, digits);
	};
	const markCount = (from, to, mayBeZero) => {
		mark(from, to, digits);
		if (!mayBeZero || to - from > 1) mark(from, from + 1, firstDigit);
	};
	if (!scan.system) mark(scan.actor, scan.actor + hashLength, hex);
	markDigits(scan.at, scan.at + timeLength$2);
	markDigits(scan.occurredAt, scan.occurredAt + timeLength$2);
	markCount(scan.indexAt, scan.indexEnd, true);
	mark(scan.prev, scan.prev + hashLength, hex);
	for (let i = 0; i < scan.threads; i++) {
		const [key, keyEnd, nEnd] = [
			scan.key[i],
			scan.keyEnd[i],
			scan.nEnd[i]
		];
		markKey(scan, key, keyEnd, mark);
		markCount(keyEnd + 2, nEnd, false);
		if (scan.prevIndex[i] >= 0) markCount(nEnd + 1, scan.prevEnd[i], true);
	}
	for (const [i, { varying }] of (scan.bodyScan?.members ?? []).entries()) {
		const [from, to] = [scan.member[i], scan.memberEnd[i]];
		if (varying === null || bytes[from] === 110) continue;
		if (varying === "hash") mark(from + 1, to - 1, hex);
		else if (varying === "commitment") mark(to - 2 - hashLength, to - 2, hex);
		else if (varying === "id") mark(to - 27, to - 1, idCharacter);
		else if (varying === "time") markDigits(from, to);
		else markCount(from, to, varying === "count");
	}
	return kinds;
}
/** Of a thread's key: a hash after a prefix, or the random part of an id; any other is expected as it is. */
function markKey({ bytes }, key, keyEnd, mark) {
	const text = String.fromCharCode(...bytes.subarray(key, keyEnd));
	if (/^[a-z]{1,8}:[0-9a-f]{64}$/.test(text)) mark(keyEnd - hashLength, keyEnd, hex);
	else if (text.length === idLength && /^[a-z]{3}_[0-9a-z]{26}$/.test(text)) mark(key + 4, keyEnd, idCharacter);
}
/** Which pieces of the row are those bytes of the record that may be others: `[in the row, in the record, length]`. */
function copiesOf(scan, start, kinds, rowLength) {
	const rowKinds = new Uint8Array(rowLength);
	const spans = [];
	let p = 0;
	let open = false;
	const copy = (from, to, quotesAre = 1) => {
		open = false;
		for (let i = from; i < to; i++) {
			const varies = kinds[i - start] !== expected;
			if (varies && open) spans[spans.length - 1] = spans.at(-1) + 1;
			else if (varies) spans.push(p, i - start, 1);
			if (varies) rowKinds[p] = any;
			open = varies;
			p += scan.bytes[i] === 34 ? quotesAre : 1;
		}
	};
	copy(scan.indexAt, scan.indexEnd);
	p += 1;
	copy(scan.at, scan.at + timeLength$2);
	p += 1;
	copy(scan.occurredAt, scan.occurredAt + timeLength$2);
	p += 1 + (scan.bodyScan?.typeBytes.length ?? 0) + 1;
	for (let i = 0; i < scan.threads; i++) {
		if (i > 0) p += 1;
		copy(scan.key[i], scan.keyEnd[i]);
		p += 1;
		copy(scan.keyEnd[i] + 2, scan.nEnd[i]);
	}
	p += 1 + (scan.system ? 7 : 0) + (scan.roleEnd - scan.role) + 2;
	copy(scan.body, scan.bodyEnd, 2);
	rowKinds.fill(any, rowLength - 1 - hashLength, rowLength - 1);
	return {
		rowKinds,
		spans
	};
}

// contracts/ledger/leaf-patterns.ts
const places = [
	"journalHash",
	"state",
	"stateEnd",
	"payment",
	"paymentEnd",
	"actor",
	"role",
	"roleEnd",
	"at",
	"body",
	"bodyEnd",
	"indexAt",
	"indexEnd",
	"occurredAt",
	"prev"
];
/**
* The forms of the records that were read last. Nearly every record has the form of one before it, and is then read
* in a twentieth of the time: `LeafScan` has shown of the first what a pattern shows of the others, and what a pattern
* cannot show of numbers and times is looked at here. What fits none is left to `LeafScan`.
*/
var LeafPatterns = class {
	text;
	byLength = /* @__PURE__ */ new Map();
	constructor(text) {
		this.text = text;
	}
	/**
	* Whether the record at this place of the block is known to be a leaf that names the hash before it and has the row
	* from `row` to `rowEnd` (-1: there are no rows); then the scan is as if it had read it.
	*/
	read(scan, bytes, start, end, place, row, rowEnd) {
		const candidates = this.byLength.get(end - start);
		if (candidates === void 0) return false;
		for (let i = 0; i < candidates.length; i++) {
			const pattern = candidates[i];
			if (row >= 0 && rowEnd - row !== pattern.rowLength) continue;
			if (!this.text.fits(pattern.address, place, row)) continue;
			if (i > 0) {
				candidates[i] = candidates[i - 1];
				candidates[i - 1] = pattern;
			}
			return take(scan, pattern, bytes, start);
		}
		return false;
	}
	/** Remembers the form of a record that the scan has read. */
	learn(scan, start, end) {
		const { bodyScan } = scan;
		if (bodyScan === null) return;
		const { bytes, rowLength } = layoutOf(scan, start, end);
		let address = this.text.addPattern(bytes);
		if (address < 0) {
			this.text.dropPatterns();
			this.byLength = /* @__PURE__ */ new Map();
			address = this.text.addPattern(bytes);
		}
		const version = bodyScan.members.findIndex(({ name }) => name === "version");
		const pattern = {
			address,
			rowLength,
			bodyScan,
			places: Object.fromEntries(places.map((name) => [name, scan[name] - start])),
			system: scan.system,
			versionAt: scan.member[version] - start,
			versionEnd: scan.memberEnd[version] - start,
			threads: Array.from({ length: scan.threads }, (_, i) => ({
				key: scan.key[i] - start,
				keyEnd: scan.keyEnd[i] - start,
				nEnd: scan.nEnd[i] - start,
				prevEnd: scan.prevIndex[i] < 0 ? -1 : scan.prevEnd[i] - start
			}))
		};
		const others = this.byLength.get(end - start);
		if (others === void 0) this.byLength.set(end - start, [pattern]);
		else others[Math.min(others.length, 23)] = pattern;
	}
};
/** Sets the scan to this record, which fits the pattern, and looks at what its numbers and times say. */
function take(scan, pattern, bytes, start) {
	const { places: from } = pattern;
	scan.bytes = bytes;
	scan.bodyScan = pattern.bodyScan;
	scan.system = pattern.system;
	scan.journalHash = start + from.journalHash;
	scan.state = start + from.state;
	scan.stateEnd = start + from.stateEnd;
	scan.payment = start + from.payment;
	scan.paymentEnd = start + from.paymentEnd;
	scan.actor = start + from.actor;
	scan.role = start + from.role;
	scan.roleEnd = start + from.roleEnd;
	scan.at = start + from.at;
	scan.body = start + from.body;
	scan.bodyEnd = start + from.bodyEnd;
	scan.indexAt = start + from.indexAt;
	scan.indexEnd = start + from.indexEnd;
	scan.occurredAt = start + from.occurredAt;
	scan.prev = start + from.prev;
	scan.index = countIn(bytes, scan.indexAt, scan.indexEnd);
	scan.version = countIn(bytes, start + pattern.versionAt, start + pattern.versionEnd);
	if (!isTimeThere(bytes, scan.at) || !isTimeThere(bytes, scan.occurredAt)) return false;
	scan.threads = pattern.threads.length;
	for (let i = 0; i < pattern.threads.length; i++) {
		const thread = pattern.threads[i];
		const [keyEnd, nEnd] = [start + thread.keyEnd, start + thread.nEnd];
		const n = countIn(bytes, keyEnd + 2, nEnd);
		const prevIndex = thread.prevEnd < 0 ? -1 : countIn(bytes, nEnd + 1, start + thread.prevEnd);
		if (n === 1 !== prevIndex < 0 || prevIndex >= scan.index) return false;
		scan.key[i] = start + thread.key;
		scan.keyEnd[i] = keyEnd;
		scan.nEnd[i] = nEnd;
		scan.n[i] = n;
		scan.prevIndex[i] = prevIndex;
		if (i > 0 && !scan.isAfter(i - 1, i)) return false;
	}
	return true;
}

// contracts/ledger/scan-body.ts
const commitStart = literal(`{"commit":"`);
const commitEnd = literal(`"}`);
const nothing$2 = literal("null");
const yes = literal("true");
const no = literal("false");
const zero = literal("0");
const quoted = (inner) => (bytes, at) => {
	if (bytes[at] !== 34) return -1;
	const end = inner(bytes, at + 1);
	return end < 0 || bytes[end] !== 34 ? -1 : end + 1;
};
const afterId = (bytes, at) => {
	for (let i = 0; i < 3; i++) if (!(isOf(bytes[at + i], 64) && isOf(bytes[at + i], 4))) return -1;
	if (bytes[at + 3] !== 95) return -1;
	for (let i = 4; i < 30; i++) if (!isOf(bytes[at + i], 4)) return -1;
	return at + 30;
};
/** Text in which nothing is escaped. */
const afterPlain = (bytes, at) => {
	let end = at;
	while (isOf(bytes[end], 16)) end++;
	return end;
};
/** A code is a word without the colon; one with a colon is left to the slow way. */
const afterCode = (bytes, at) => {
	const end = afterWord(bytes, at);
	for (let i = at; i < end; i++) if (bytes[i] === 58) return -1;
	return end;
};
const afterVersion = (bytes, at) => afterLiteral(bytes, at, zero) >= 0 ? -1 : afterCount(bytes, at);
const oneOf = (texts) => {
	const literals = texts.map((text) => literal(`"${text}"`));
	return (bytes, at) => {
		for (const text of literals) {
			const end = afterLiteral(bytes, at, text);
			if (end >= 0) return end;
		}
		return -1;
	};
};
const afterCommitment = (bytes, at) => {
	const start = afterLiteral(bytes, at, commitStart);
	const end = start < 0 ? -1 : afterHash(bytes, start);
	return end < 0 ? -1 : afterLiteral(bytes, end, commitEnd);
};
const eitherOf = (first, second) => (bytes, at) => {
	const end = first(bytes, at);
	return end < 0 ? second(bytes, at) : end;
};
const exactly = (text) => (bytes, at) => afterLiteral(bytes, at, text);
const listOf = (item) => (bytes, at) => {
	if (bytes[at] !== 91) return -1;
	if (bytes[at + 1] === 93) return at + 2;
	for (let end = item(bytes, at + 1); end >= 0; end = item(bytes, end + 1)) {
		if (bytes[end] === 93) return end + 1;
		if (bytes[end] !== 44) return -1;
	}
	return -1;
};
const scanOfForm = /* @__PURE__ */ new Map([
	[factForms.hash, quoted(afterHash)],
	[factForms.code, quoted(afterCode)],
	[factForms.id, quoted(afterId)],
	[factForms.time, quoted(afterTimeForm)],
	[factForms.count, afterCount],
	[factForms.version, afterVersion]
]);
/** How a schema of a fact's body is read; null where this file knows no way, and zod has to judge. */
function scanOf(schema) {
	const known = scanOfForm.get(schema);
	if (known !== void 0) return known;
	if (schema instanceof ZodEnum) {
		const texts = schema.options.map(String);
		return texts.every((text) => /^[a-zA-Z]+$/.test(text)) ? oneOf(texts) : null;
	}
	if (schema instanceof ZodString) return schema.def.checks === void 0 ? quoted(afterPlain) : null;
	if (schema instanceof ZodBoolean) return eitherOf(exactly(yes), exactly(no));
	if (schema instanceof ZodArray) return mapped(scanOf(schema.element), listOf);
	if (schema instanceof ZodNullable) return mapped(scanOf(schema.unwrap()), (inner) => eitherOf(exactly(nothing$2), inner));
	return null;
}
const varyingOfForm = /* @__PURE__ */ new Map([
	[factForms.hash, "hash"],
	[factForms.id, "id"],
	[factForms.time, "time"],
	[factForms.count, "count"],
	[factForms.version, "version"]
]);
/** What of its values differs while their length does not; null: they are taken as they are. */
const varyingOf = (schema) => varyingOfForm.get(schema instanceof ZodNullable ? schema.unwrap() : schema) ?? null;
const mapped = (scan, make) => scan === null ? null : make(scan);
/** No body that is scanned has more members. */
const mostMembers = 64;
function bodyScanOf(type) {
	const { clear, secret } = factTypes[type];
	const scans = /* @__PURE__ */ new Map();
	for (const [name, schema] of Object.entries(clear.shape)) {
		const scan = scanOf(schema);
		if (scan === null) return null;
		scans.set(name, {
			scan,
			varying: varyingOf(schema)
		});
	}
	for (const name of secret) scans.set(name, {
		scan: afterCommitment,
		varying: "commitment"
	});
	if (scans.size > 64) return null;
	const members = [...scans].sort(([a], [b]) => a < b ? -1 : 1).map(([name, scan], i) => ({
		name,
		...scan,
		before: literal(`${i === 0 ? "{" : ","}"${name}":`)
	}));
	const [noun] = type.split(".");
	return {
		type,
		typeBytes: literal(type),
		isOfLog: noun === "index" || noun === "key",
		hasJournal: scans.has("journalHash"),
		noun,
		subjectPrefix: literal(subjectPrefixes[noun] ?? "\n"),
		members
	};
}
/** A number for a short text; two types that share one would only make the second slow. */
function mixed(bytes, start, end) {
	let mix = end - start;
	for (let i = start; i < end; i++) mix = Math.imul(mix, 31) + bytes[i] | 0;
	return mix;
}
const states = /* @__PURE__ */ new Map();
for (const state of tradeStates) {
	const bytes = literal(state);
	states.set(mixed(bytes, 0, bytes.length), state);
}
if (states.size !== tradeStates.length) throw new Error("two states of a trade share a number");
/** Of a state that was read there. */
const stateAt = (bytes, start, end) => states.get(mixed(bytes, start, end));
const scans = /* @__PURE__ */ new Map();
for (const type of Object.keys(factTypes)) {
	const scan = bodyScanOf(type);
	if (scan !== null) scans.set(mixed(scan.typeBytes, 0, scan.typeBytes.length), scan);
}
/** The scan of the type whose name stands there, if this file knows one. */
function findBodyScan(bytes, start, end) {
	const scan = scans.get(mixed(bytes, start, end));
	if (scan?.typeBytes.length !== end - start) return null;
	return afterLiteral(bytes, start, scan.typeBytes) === end ? scan : null;
}

// contracts/ledger/read-meaning.ts
const noValues = /* @__PURE__ */ new Map();
/** The threads of a record that was scanned, and the step that it tells of, as they lie in its bytes. */
function readMeaning(scan, { chain, keys, replay }, journal) {
	const { bytes, index, bodyScan, threads, key, keyEnd, n, prevIndex } = scan;
	if (bodyScan === null) return;
	let subjects = 0;
	let subject = 0;
	for (let i = 0; i < threads; i++) {
		const id = keys.idOf(bytes, key[i], keyEnd[i]);
		chain.checkThread(index, id, n[i], prevIndex[i]);
		if (afterLiteral(bytes, key[i], bodyScan.subjectPrefix) < 0) continue;
		subject = id;
		subjects += 1;
	}
	const { noun, type } = bodyScan;
	if (subjects !== 1) {
		replay.withoutSubject(index, noun);
		return;
	}
	replay.checkVersion(index, subject, scan.version);
	if (noun === "trade") stepTrade(scan, {
		keys,
		replay
	}, subject, type);
	if (noun === "payment") replay.stepPayment(index, subject, type, noValues, journal);
}
function stepTrade({ bytes, index, state, stateEnd, payment, paymentEnd }, { replay, keys }, trade, type) {
	const isNamed = paymentEnd > payment && (type === "trade.settled@1" || type === "trade.refunded@1");
	const key = isNamed ? keys.find(bytes, payment, paymentEnd) : -1;
	const text = isNamed ? fromUtf8(bytes.subarray(payment, paymentEnd)) : null;
	replay.stepTrade(index, trade, type, stateAt(bytes, state, stateEnd), key, text);
}

// contracts/ledger/scan-leaf.ts
const actorCommit = literal("{\"actor\":{\"commit\":\"");
const actorJob = literal("{\"actor\":{\"job\":\"");
const role = literal("\",\"role\":\"");
const system = literal("system");
const at = literal("\"},\"at\":\"");
const body = literal("\",\"body\":");
const emptyBody = literal("{");
const index = literal("},\"index\":");
const log = literal(",\"log\":\"");
const occurredAt = literal("\",\"occurredAt\":\"");
const prev = literal("\",\"prev\":\"");
const threads = literal("\",\"threads\":[");
const type = literal("],\"type\":\"");
const version = literal("\",\"v\":1}");
const nothing$1 = literal("null");
/** Stands for an origin that JSON cannot hold as it is: no line has a line feed in it. */
const noOrigin = "\n";
const quote = 34;
const maxThreads = 16;
const timeLength$1 = 24;
/**
* One pass over the bytes of a leaf, without making anything of them: proves that they are a leaf of version 1
* with a body that fits its type, canonical, and notes where its parts lie. It reads only what nearly all records
* are made of: plain ASCII, known types, integers of at most 15 digits. `false` says nothing: then `decodeLeaf`
* and `problemOfBody` decide, and name what is wrong. A property test compares the two ways.
*
* One object is used for many records; its fields are those of the last one that was read.
*/
var LeafScan = class {
	logBytes;
	bytes = /* @__PURE__ */ new Uint8Array(0);
	bodyScan = null;
	index = 0;
	/** Whether the actor is a job of the system; `role` is then the job's name. */
	system = false;
	/** The subject's version, which every body has. */
	version = 0;
	/** Where the hash of the journal is, in a body that has one. */
	journalHash = 0;
	/** Of the body of a trade's fact. */
	state = 0;
	stateEnd = 0;
	/** The id of the payment that the body names; empty for null. */
	payment = 0;
	paymentEnd = 0;
	/** Where the commitment to the actor is, which is not the system. */
	actor = 0;
	role = 0;
	roleEnd = 0;
	at = 0;
	body = 0;
	bodyEnd = 0;
	indexAt = 0;
	indexEnd = 0;
	occurredAt = 0;
	prev = 0;
	/** Where the value of each member of the body is. */
	member = new Int32Array(64);
	memberEnd = new Int32Array(64);
	threads = 0;
	key = new Int32Array(maxThreads);
	keyEnd = new Int32Array(maxThreads);
	/** Where n ends; it begins two bytes after its key's end. */
	nEnd = new Int32Array(maxThreads);
	n = new Float64Array(maxThreads);
	prevEnd = new Int32Array(maxThreads);
	/** -1 for null. */
	prevIndex = new Float64Array(maxThreads);
	/** `log` is the only origin that is read. */
	constructor(log) {
		this.logBytes = literal(/["\\]/.test(log) ? noOrigin : log);
	}
	scan(bytes, start, end) {
		if (end - start > 32768) return false;
		this.bytes = bytes;
		const typeEnd = end - version.length;
		this.bodyScan = this.findType(start, typeEnd);
		if (this.bodyScan === null) return false;
		let p = this.scanActor(start);
		p = this.follow(p, at);
		this.at = p;
		if (p < 0 || afterTime(bytes, p) < 0) return false;
		p = this.follow(p + timeLength$1, body);
		if (p < 0) return false;
		this.body = p;
		p = this.scanBody(p, this.bodyScan);
		if (p < 0) return false;
		this.bodyEnd = p + 1;
		p = this.scanPlace(this.follow(p, index));
		p = p < 0 ? -1 : this.scanThreads(p);
		p = this.follow(p, type);
		p = this.follow(p, this.bodyScan.typeBytes);
		return this.follow(p, version) === end;
	}
	follow(p, expected) {
		return p < 0 ? -1 : afterLiteral(this.bytes, p, expected);
	}
	/** The type says how the body in front of it is read, so it is looked for from the end. */
	findType(start, typeEnd) {
		let typeStart = typeEnd;
		while (typeStart > start && this.bytes[typeStart - 1] !== 34) typeStart--;
		return typeEnd - typeStart > 100 ? null : findBodyScan(this.bytes, typeStart, typeEnd);
	}
	scanActor(start) {
		const { bytes } = this;
		const commit = afterLiteral(bytes, start, actorCommit);
		this.system = commit < 0;
		if (this.system) {
			this.role = afterLiteral(bytes, start, actorJob);
			this.roleEnd = this.role < 0 ? -1 : afterWord(bytes, this.role);
			return this.follow(this.follow(this.roleEnd, role), system);
		}
		this.actor = commit;
		const hash = afterHash(bytes, commit);
		this.role = this.follow(hash, role);
		this.roleEnd = this.role < 0 ? -1 : afterWord(bytes, this.role);
		return this.roleEnd - this.role === system.length && afterLiteral(bytes, this.role, system) >= 0 ? -1 : this.roleEnd;
	}
	/** Up to the closing brace, which the next literal begins with. */
	scanBody(start, scan) {
		const { bytes } = this;
		if (scan.members.length === 0) return afterLiteral(bytes, start, emptyBody);
		this.paymentEnd = this.payment;
		let p = start;
		let count = 0;
		for (const member of scan.members) {
			const from = afterLiteral(bytes, p, member.before);
			if (from < 0) return -1;
			p = member.scan(bytes, from);
			if (p < 0) return -1;
			this.member[count] = from;
			this.memberEnd[count] = p;
			count += 1;
			if (member.name === "version") this.version = countIn(bytes, from, p);
			else if (member.name === "journalHash") this.journalHash = from + 1;
			else if (member.name === "state") {
				this.state = from + 1;
				this.stateEnd = p - 1;
			} else if (member.name === "payment") {
				this.payment = from + 1;
				this.paymentEnd = bytes[from] === quote ? p - 1 : this.payment;
			}
		}
		return p;
	}
	/** From the index to the start of the threads. */
	scanPlace(start) {
		const { bytes } = this;
		if (start < 0) return -1;
		let p = afterCount(bytes, start);
		if (p < 0) return -1;
		this.indexAt = start;
		this.indexEnd = p;
		this.index = countIn(bytes, start, p);
		p = this.follow(p, log);
		p = this.follow(p, this.logBytes);
		p = this.follow(p, occurredAt);
		if (p < 0 || afterTime(bytes, p) < 0) return -1;
		this.occurredAt = p;
		p = this.follow(p + timeLength$1, prev);
		if (p < 0) return -1;
		this.prev = p;
		p = afterHash(bytes, p);
		return this.follow(p, threads);
	}
	/** From the first thread to the bracket after the last. */
	scanThreads(start) {
		const { bytes } = this;
		this.threads = 0;
		if (bytes[start] === 93) return start;
		for (let p = start; this.threads < maxThreads; p++) {
			p = this.scanThread(p, this.threads);
			if (p < 0) return -1;
			this.threads += 1;
			if (bytes[p] === 93) return p;
			if (bytes[p] !== 44) return -1;
		}
		return -1;
	}
	scanThread(start, i) {
		const { bytes } = this;
		if (bytes[start] !== 91 || bytes[start + 1] !== 34) return -1;
		const key = start + 2;
		const keyEnd = afterSome(bytes, key, 32, 128);
		if (keyEnd < 0 || bytes[keyEnd] !== 34 || bytes[keyEnd + 1] !== 44) return -1;
		const nEnd = afterCount(bytes, keyEnd + 2);
		if (nEnd < 0 || bytes[nEnd] !== 44) return -1;
		const n = countIn(bytes, keyEnd + 2, nEnd);
		let p = afterLiteral(bytes, nEnd + 1, nothing$1);
		if (n === 0 || n === 1 !== p >= 0) return -1;
		let prevIndex = -1;
		if (p < 0) {
			p = afterCount(bytes, nEnd + 1);
			if (p < 0) return -1;
			prevIndex = countIn(bytes, nEnd + 1, p);
			if (prevIndex >= this.index) return -1;
		}
		this.key[i] = key;
		this.keyEnd[i] = keyEnd;
		this.nEnd[i] = nEnd;
		this.n[i] = n;
		this.prevEnd[i] = p;
		this.prevIndex[i] = prevIndex;
		if (bytes[p] !== 93 || i > 0 && !this.isAfter(i - 1, i)) return -1;
		return p + 1;
	}
	/** Keys are sorted, each once. */
	isAfter(a, b) {
		const { bytes, key, keyEnd } = this;
		const [aAt, bAt] = [key[a], key[b]];
		const [aLength, bLength] = [keyEnd[a] - aAt, keyEnd[b] - bAt];
		for (let i = 0; i < aLength && i < bLength; i++) {
			const difference = bytes[aAt + i] - bytes[bAt + i];
			if (difference !== 0) return difference < 0;
		}
		return aLength < bLength;
	}
};

// contracts/ledger/verify-quick.ts
const decoder = new TextDecoder();
const timeLength = 24;
/**
* The way of nearly all records: everything that `RecordsAudit` checks of one, on its bytes, without waiting and
* nearly without making anything. It finds only that all is right up to the meaning of the record; in every other
* case it has changed nothing and the slow way goes over the same line, finds the same and names it.
*/
var QuickPass = class {
	parts;
	scan;
	/** `chain.lastAt` as bytes, and the text that they were made from. */
	lastAt = new Uint8Array(timeLength);
	lastAtText = "";
	/** Where the lines of the block that was hashed at once begin and end, and its hashes. */
	starts = new Int32Array(256);
	ends = new Int32Array(256);
	hashes = new Uint8Array(256 * 32);
	/** The first record of that block; its records are those of the signed tree. -1: there is none. */
	block = -1;
	/** How many of them have been passed. */
	passed = 0;
	text;
	patterns;
	constructor(parts, log) {
		this.parts = parts;
		this.scan = new LeafScan(log);
		parts.entries.isBlock = (bundle) => this.isEntryBundle(bundle);
		this.text = parts.lanes === null ? null : new BlockText(parts.lanes);
		this.patterns = this.text === null ? null : new LeafPatterns(this.text);
	}
	/** Hashes the next 256 lines at once, as the records of the block that begins there. */
	async prepare(first) {
		const { lanes, lines, tree, chain, table } = this.parts;
		this.block = -1;
		this.passed = 0;
		this.text?.clear();
		if (lanes === null || await lines.gather(this.starts, this.ends) < 256) return;
		for (let i = 0; i < 256; i++) if (this.ends[i] - this.starts[i] > 32768) return;
		const isHere = lanes.hashLeaves(lines.bytes, this.starts, this.ends, 256, this.hashes);
		if (!tree.isBlock(this.hashes)) return;
		this.block = first;
		if (!isHere || chain.previous === null) return;
		this.text?.begin(this.starts, this.ends, 256, this.hashes, chain.previous);
		const rows = await table.gather();
		if (rows !== null) this.text?.placeRows(rows, table.starts[0], table.ends[256 - 1]);
	}
	/** Whether all records of the block were passed, and the bundle holds exactly them. */
	isEntryBundle(bundle) {
		return this.passed === 256 && this.text !== null && this.text.isEntryBundle(bundle);
	}
	/** Whether the record, which was hashed with its block, has the form of one before it, and its row fits. */
	isAlike(place) {
		const { lines, table } = this.parts;
		const { text, patterns, scan } = this;
		if (text === null || patterns === null || !text.hasText) return false;
		const { bytes, start, end } = lines;
		if (!table.exists) return patterns.read(scan, bytes, start, end, place, -1, -1);
		if (!text.hasRows || !table.isNext(place)) return false;
		const [row, rowEnd] = [table.starts[place], table.ends[place]];
		return patterns.read(scan, bytes, start, end, place, row, rowEnd);
	}
	/** Whether the line that is next was hashed with its block, and its hash is that of the record. */
	isKnown(expected) {
		const place = expected - this.block;
		return this.block >= 0 && place < 256 && this.starts[place] === this.parts.lines.start;
	}
	/** Checks the next line as record `expected`; answers its hash, or null when the slow way has to. */
	pass(expected) {
		const { lines, chain, table, opened, book, entries, tree, sha256 } = this.parts;
		const isKnown = this.isKnown(expected);
		if (isKnown) lines.end = this.ends[expected - this.block];
		else if (!lines.peek()) return null;
		const { scan } = this;
		const { bytes, start, end } = lines;
		const place = expected - this.block;
		const isAlike = isKnown && this.isAlike(place);
		if (!isAlike && !scan.scan(bytes, start, end)) return null;
		if (scan.index !== expected || scan.bodyScan?.isOfLog !== false) return null;
		if (!isAlike && chain.previous !== null && !isHexOf(bytes, scan.prev, chain.previous)) return null;
		if (!this.isInTime() || !opened.hasNoneFor(expected)) return null;
		const journal = this.journalOf(expected, scan.bodyScan);
		if (journal === void 0) return null;
		const hash = (isKnown ? tree.hashAt(expected) : null) ?? leafHash(bytes.subarray(start, end), sha256);
		if (!isKnown && !tree.fits(expected, hash) || !(isAlike || table.fits(scan, hash))) return null;
		tree.add(expected, hash);
		entries.add(expected, bytes, start, end);
		if (isKnown) this.passed += 1;
		if (isAlike) table.passGathered(place);
		else {
			table.pass();
			this.patterns?.learn(scan, start, end);
		}
		lines.skip();
		if (journal !== null) book.take();
		chain.lastAt = this.lastAtText;
		readMeaning(scan, this.parts, journal);
		return hash;
	}
	/** Null: it has none, or there is no book. Undefined: the slow way has to look. */
	journalOf(record, { hasJournal }) {
		const { book } = this.parts;
		if (!hasJournal) return book.hasNoneFor(record) ? null : void 0;
		const { journalHash } = this.scan;
		return book.journalNow(record, this.textOf(journalHash, journalHash + 64));
	}
	isInTime() {
		const { chain } = this.parts;
		const { bytes, at } = this.scan;
		if (this.lastAtText === chain.lastAt && sameBytes(bytes, at, this.lastAt, 0, timeLength)) return true;
		const text = this.textOf(at, at + timeLength);
		if (text < chain.lastAt) return false;
		this.lastAt = bytes.slice(at, at + timeLength);
		this.lastAtText = text;
		return true;
	}
	textOf(start, end) {
		return decoder.decode(this.scan.bytes.subarray(start, end));
	}
};

// contracts/ledger/verify-records.ts
/** Fewer bytes than any record has; a range that cannot fit into its file is not walked through. */
const minLeafBytes = 200;
/** Missing records that are passed one by one; a log with more holes is not walked through to its end. */
const maxMissing = 65536;
/** A leaf that is too long is still named, as far as an entry of a tile can be told of (65,535 bytes). */
const maxRecordLine = 65536;
/** Reads records.jsonl once, and what runs beside it, and checks each record in every way. */
var RecordsAudit = class {
	input;
	keys;
	chain;
	entries;
	table;
	opened;
	book;
	replay;
	map;
	unknown = {
		count: 0,
		first: null,
		kinds: []
	};
	lines;
	quick;
	/** A line that was looked at before its turn. */
	ahead = null;
	/** Whether a line is being looked at, which must stay in memory as it is. */
	isInHand = false;
	expected;
	records = 0;
	missing = 0;
	constructor(input) {
		const { files, failures, sha256, lanes, tree, log, size, from } = input;
		this.input = input;
		this.keys = new KeyTable(input.root);
		this.chain = new ChainAudit(failures, this.keys, log, from);
		this.entries = new EntryAudit(files, failures, sha256, size);
		this.table = new RecordTable(files, failures);
		this.opened = new OpenedValues(files, failures, sha256);
		this.book = new BookReader(files, failures);
		this.replay = new Replay(failures, this.keys, from);
		this.map = new MapAudit(failures, this.keys, sha256, from);
		this.lines = files.lines(bundleFiles.records, maxRecordLine, true);
		const { keys, chain, entries, table, opened, book, replay, lines } = this;
		this.quick = new QuickPass({
			keys,
			chain,
			entries,
			table,
			opened,
			book,
			replay,
			lines,
			tree,
			sha256,
			lanes
		}, log);
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
		await this.checkAll();
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
			maps: this.map.checked,
			unknown: this.unknown,
			erased: this.replay.erased.report()
		};
	}
	async checkAll() {
		for (;;) {
			const hash = this.ahead === null && this.expected < this.input.to ? this.quick.pass(this.expected) : null;
			if (hash !== null) {
				this.records += 1;
				if (this.goOn(hash)) await this.turnBlock();
				continue;
			}
			const line = await this.take();
			if (line === null) return;
			await this.check(line);
		}
	}
	async take() {
		const line = this.ahead ?? await this.lines.next();
		this.ahead = null;
		return line;
	}
	async startBlock() {
		const { expected, ahead } = this;
		const { to, tree } = this.input;
		if (expected >= to) return;
		await tree.load(expected);
		await this.book.gather(expected + 256 - expected % 256);
		if (!this.isInHand && ahead === null && expected % 256 === 0 && expected + 256 <= to) await this.quick.prepare(expected);
	}
	endBlock(record) {
		const { from, to, tree } = this.input;
		return this.entries.flush(record, from, to, (index) => tree.hashAt(index));
	}
	/** Goes on to the next position; `hash` is what the record after must name. */
	async advance(hash) {
		if (this.goOn(hash)) await this.turnBlock();
	}
	/** True when a block of records has ended. */
	goOn(hash) {
		this.chain.follow(hash);
		this.expected += 1;
		return this.expected % 256 === 0;
	}
	async turnBlock() {
		await this.endBlock(this.expected - 1);
		await this.startBlock();
	}
	async passMissing(until) {
		this.missing += until - this.expected;
		if (this.missing > maxMissing) throw new VerificationStop("record_missing", {
			record: this.expected,
			detail: `${until}`
		});
		while (this.expected < until) {
			this.input.failures.add("record_missing", {
				record: this.expected,
				detail: `${until}`
			});
			this.input.tree.add(this.expected, null);
			await this.passNotUnderstood(this.expected, null);
			await this.advance(this.input.tree.hashAt(this.expected));
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
		this.isInHand = true;
		const decoded = decodeLeaf(line);
		const record = isMalformed(decoded) ? null : "leaf" in decoded ? decoded.leaf : decoded.unknownVersion;
		const index = await this.placeOf(record?.index);
		if (index === null) {
			this.isInHand = false;
			return;
		}
		this.records += 1;
		const hash = leafHash(line, sha256);
		if (isMalformed(decoded)) failures.add("record_malformed", {
			record: index,
			detail: decoded.malformed
		});
		if (record !== null) this.chain.checkEnvelope(record);
		const inTree = tree.add(index, hash);
		if (!inTree) failures.add("not_in_tree", { record: index });
		this.entries.add(index, line, 0, line.length);
		if (isMalformed(decoded) || record?.index !== index) await this.passNotUnderstood(index, null);
		else if ("leaf" in decoded) await this.checkLeaf(decoded.leaf, toHex(hash));
		else {
			this.countUnknown(index, `v${decoded.unknownVersion.v}`);
			await this.passNotUnderstood(index, null);
		}
		this.isInHand = false;
		await this.advance(inTree ? hash : tree.hashAt(index));
	}
	async checkLeaf(leaf, hash) {
		this.chain.checkLeaf(leaf);
		await this.table.check(leaf, hash);
		const values = await this.opened.of(leaf);
		const { index, type, body } = leaf;
		const known = isFactType(type);
		const problem = known ? problemOfBody(type, body) : null;
		if (type === "index.sealed@1" && problem === null) this.map.check(index, body);
		checkRotationRecord(leaf, this.input.rotations, this.input.failures);
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
		this.map.forget();
		this.chain.forget();
		this.keys.clear();
		await this.table.skipTo(index, false);
		await this.opened.skipTo(index + 1, index);
	}
	countUnknown(index, kind) {
		this.unknown.count += 1;
		this.unknown.first ??= index;
		if (this.unknown.kinds.length < 20 && !this.unknown.kinds.includes(kind)) this.unknown.kinds.push(kind);
	}
};

// contracts/ledger/verify-tree.ts
const none = /* @__PURE__ */ new Uint8Array(0);
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
	/** For records that are no neighbours, in rising order: loads the tiles above one, each checked against its parent. */
	async seek(record) {
		const { size, sha256, failures } = this.input;
		const changed = [];
		for (let level = 0; hashesAtLevel(size, level) > 0; level++) {
			const index = Math.floor(record / 256 ** (level + 1));
			if (this.path[level]?.tile.index === index) break;
			this.path[level] = await this.readTile(level, index);
			changed.push(level);
		}
		for (const level of changed) {
			const [child, parent] = [this.path[level], this.path[level + 1]];
			if (!child || !parent || child.tile.width < 256) continue;
			const inParent = parent.hashes[child.tile.index % 256];
			if (inParent === void 0 || !equalBytes(tileRoot(child.hashes, sha256), inParent)) failures.add("tile_mismatch", { file: tilePath(child.tile) });
		}
	}
	/** The hash that the tiles hold for a record of the loaded block. */
	hashAt(record) {
		const tile = this.path[0];
		if (!tile || tile.tile.index !== Math.floor(record / 256)) return null;
		return tile.hashes[record % 256] ?? null;
	}
	/** Whether the tiles hold this hash for the record, or hold none. */
	fits(record, hash) {
		const expected = this.hashAt(record);
		return expected === null || equalBytes(expected, hash);
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
		return expected === null || hash === null || expected === hash || equalBytes(expected, hash);
	}
	/** After the last record: the whole log's root, computed from its records, where the bundle holds them all. */
	finish() {
		this.flush();
		const { from, size, root, sha256, failures } = this.input;
		if (this.range === null || from > 0 || this.range.size !== size) return;
		if (!equalBytes(rangeRoot(this.range, sha256), root)) failures.add("root_mismatch", { file: "records.jsonl" });
	}
	/** Whether these are the hashes of the loaded block, which is full. */
	isBlock(hashes) {
		return equalBytes(this.path[0]?.bytes ?? none, hashes);
	}
	flush() {
		const { sha256, lanes } = this.input;
		const { block, range } = this;
		const compare = (level, index, hash) => {
			if (level > 0 && level % 8 === 0) this.compareNode(level / 8, index, hash);
		};
		this.block = [];
		if (range === null) return;
		if (lanes !== null && block.length === 256 && range.size % 256 === 0) this.range = appendSubtree(range, {
			level: 8,
			hash: lanes.rootOf(concat(...block))
		}, sha256, compare);
		else this.range = appendLeaves(range, block, sha256, compare);
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
			hashes,
			bytes
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
/** Half a million files, as those of a log of 60 million records. */
const maxManifestBytes = 67108864;
const nothing = {
	records: 0,
	disclosures: 0,
	journals: 0,
	trades: 0,
	maps: 0,
	unknown: {
		count: 0,
		first: null,
		kinds: []
	},
	erased: nothingErased
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
		const { sha256 } = options.crypto;
		const lanes = HashLanes.open(sha256);
		const progress = options.progress ?? (() => {});
		files = new BundleFiles(bundle, opened.manifest, options.crypto, failures, progress, lanes);
		const tree = treeOf(opened, files, failures, sha256, lanes);
		await tree.open();
		const { origin: log, size, root } = opened.checkpoint;
		const { filter, range } = opened.manifest;
		const { rotations } = opened;
		const input = {
			files,
			failures,
			sha256,
			lanes,
			tree,
			log,
			size,
			root,
			rotations
		};
		summary = filter === null ? await new RecordsAudit({
			...input,
			...range
		}).run() : await new FilteredAudit({
			...input,
			filter
		}).run();
		const consistency = {
			checkpoint: opened.checkpoint,
			heads: opened.heads,
			rotations: opened.rotations,
			files,
			tree,
			failures,
			crypto: options.crypto
		};
		await checkRotations(consistency);
		await checkKeptProofs(consistency);
		since = options.since === void 0 ? null : await checkSince(consistency, options.since);
		await files.checkRest();
		files.settle();
	} catch (error) {
		if (!(error instanceof VerificationStop)) throw error;
		files?.settle();
		failures.count += 1;
		failures.kept.push(error.failure);
	}
	return makeReport(failures, opened, files, summary, since);
}
/** What is to be said of something that is no bundle at all, such as a zip that cannot be opened. */
function reportUnreadable(detail) {
	const failures = new FailureList();
	failures.add("bundle_unreadable", { detail });
	return makeReport(failures, null, null, nothing, null);
}
function makeReport(failures, opened, files, summary, since) {
	return {
		verdict: failures.count > 0 || opened === null ? "broken" : opened.authenticated ? "intact" : "unauthenticated",
		failures: failures.kept,
		failureCount: failures.count,
		log: opened?.checkpoint.origin ?? null,
		size: opened?.checkpoint.size ?? null,
		root: opened === null ? null : toHex(opened.checkpoint.root),
		range: opened?.manifest.range ?? null,
		filter: filterOf(opened?.manifest.filter ?? null, summary),
		...reportKeys(opened),
		witnesses: opened?.witnesses ?? null,
		checked: {
			files: opened?.manifest.files.length ?? 0,
			bytes: files?.totalBytes ?? 0,
			records: summary.records,
			disclosures: summary.disclosures,
			journals: summary.journals,
			trades: summary.trades,
			maps: summary.maps,
			since
		},
		unknown: summary.unknown,
		erased: summary.erased,
		openingAssumed: (opened?.manifest.range.from ?? 0) > 0
	};
}
const filterOf = (filter, summary) => filter !== null && "threads" in summary ? {
	...filter,
	threads: summary.threads,
	scanned: summary.scanned
} : null;
const treeOf = (opened, files, failures, sha256, lanes) => new TreeAudit({
	files,
	failures,
	sha256,
	lanes,
	size: opened.checkpoint.size,
	root: opened.checkpoint.root,
	...opened.manifest.filter === null ? opened.manifest.range : {
		from: 0,
		to: 0
	}
});
/** Reads and checks checkpoint, keys and manifest; stops where nothing can be built on them. */
async function openBundle(bundle, options, failures) {
	const head = readCheckpoint(await required(bundle, bundleFiles.checkpoint, maxNoteBytes));
	if (isMalformed(head)) throw new VerificationStop("checkpoint_malformed", {
		file: bundleFiles.checkpoint,
		detail: head.malformed
	});
	const checkpoint = head.unverifiedCheckpoint;
	const rotations = await readRotations$1(bundle, checkpoint, options.crypto, failures);
	const brought = trustedKeys(options, checkpoint);
	const own = brought === null ? await ownKey(bundle, options.crypto) : null;
	const trusted = keysForHead(brought, own, rotations, checkpoint);
	const { heads } = trusted;
	const judged = judgeHead(head, heads, options.policy, options.crypto.verifyEd25519);
	for (const { code, ...detail } of judged.failures) failures.add(code, {
		file: bundleFiles.checkpoint,
		...detail
	});
	if (trusted.astray && judged.signature === "signed") failures.add("rotation_out_of_order", {
		file: rotationFile(1),
		detail: "1"
	});
	const text = textOrStop(await required(bundle, bundleFiles.manifest, maxManifestBytes), bundleFiles.manifest);
	await checkManifestNote(bundle, text, checkpoint, heads, options.crypto, failures);
	const manifest = parseManifest(text);
	if (isMalformed(manifest)) throw new VerificationStop("manifest_malformed", {
		file: bundleFiles.manifest,
		detail: manifest.malformed
	});
	if (manifest.log !== checkpoint.origin || manifest.size !== checkpoint.size) throw new VerificationStop("manifest_disagrees", {
		file: bundleFiles.manifest,
		detail: `${manifest.log} ${manifest.size}, ${checkpoint.origin} ${checkpoint.size}`
	});
	const authenticated = isAuthenticated(trusted, judged, options.policy);
	return {
		manifest,
		checkpoint,
		...trusted,
		rotations,
		authenticated,
		witnesses: judged.witnesses
	};
}
async function checkManifestNote(bundle, manifest, { origin, size }, heads, crypto, failures) {
	const file = bundleFiles.manifestNote;
	const note = parseNote(await required(bundle, file, maxNoteBytes));
	if (isMalformed(note)) return failures.add("manifest_malformed", {
		file,
		detail: note.malformed
	});
	const verdict = verifyNote(note, heads.known, crypto.verifyEd25519);
	const due = heads.at(size).filter(({ name }) => name === origin);
	if ("badKey" in verdict) failures.add("manifest_signature_bad", { file });
	else if (!verdict.verifiedBy.some((key) => due.some((one) => sameKey(one, key)))) failures.add("manifest_not_signed_by_key", { file });
	if (note.text !== manifestNoteText(origin, manifest, crypto.sha256)) failures.add("manifest_changed", { file: bundleFiles.manifest });
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
	if ([...entries.values()].reduce((sum, entry) => sum + entry.packed, 0) > file.size) throw new Error("files of the zip lie over each other");
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

// cli/hash-threads.ts
/** Parts that wait to be hashed: a thread may be that far behind. */
const slots = 4;
const slotBytes = 1048576;
/** Instead of a part's length: the file has ended. */
const endOf = -1;
/** Places in `control`: how many orders were given, taken, and answered. */
const produced = 0;
const consumed = 1;
const told = 2;
const program = fileURLToPath(new URL("./hash-thread.ts", import.meta.url));
const patienceMs = 6e4;
/** One thread that hashes files beside this one, which waits for it only where it has to. */
var HashThread = class {
	shared = {
		control: new Int32Array(new SharedArrayBuffer(12)),
		orders: new Int32Array(new SharedArrayBuffer(32)),
		parts: new Uint8Array(new SharedArrayBuffer(4 * slotBytes))
	};
	worker;
	answers;
	waiting = /* @__PURE__ */ new Map();
	given = 0;
	files = 0;
	bytes = 0;
	constructor() {
		const { port1, port2 } = new MessageChannel();
		this.answers = port1;
		this.worker = new Worker(program, {
			workerData: {
				...this.shared,
				answers: port2
			},
			transferList: [port2]
		});
		this.worker.unref();
	}
	open() {
		const file = this.files++;
		return {
			update: (bytes) => {
				for (let at = 0; at < bytes.length; at += slotBytes) this.give(file, bytes.subarray(at, at + slotBytes));
			},
			end: (tell) => {
				this.waiting.set(file, tell);
				this.give(file, null);
			},
			digest: () => {
				let found = null;
				this.waiting.set(file, (digest) => {
					found = digest;
				});
				this.give(file, null);
				this.waitUntil(() => found !== null);
				return found;
			}
		};
	}
	give(file, part) {
		const { control, orders, parts } = this.shared;
		for (;;) {
			const taken = Atomics.load(control, 1);
			if (this.given - taken < 4) break;
			this.wait(1, taken);
		}
		const slot = this.given % 4;
		if (part !== null) parts.set(part, slot * slotBytes);
		orders[2 * slot] = file;
		orders[2 * slot + 1] = part === null ? -1 : part.length;
		this.bytes += part?.length ?? 0;
		this.given += 1;
		Atomics.store(control, 0, this.given);
		Atomics.notify(control, 0);
	}
	wait(place, seen) {
		if (Atomics.wait(this.shared.control, place, seen, patienceMs) === "timed-out") throw new Error("a thread does not answer");
	}
	waitUntil(isDone) {
		for (;;) {
			const seen = Atomics.load(this.shared.control, 2);
			for (let one = receiveMessageOnPort(this.answers); one; one = receiveMessageOnPort(this.answers)) this.take(one.message);
			if (isDone()) return;
			this.wait(2, seen);
		}
	}
	take({ file, digest }) {
		this.waiting.get(file)?.(digest);
		this.waiting.delete(file);
	}
	settle() {
		this.waitUntil(() => this.waiting.size === 0);
	}
	async close() {
		this.answers.close();
		await this.worker.terminate();
	}
};
/** Null where this program is a file of its own, which has no second one to run. */
function openHashThreads(count) {
	if (count < 1 || !existsSync(program)) return null;
	const threads = Array.from({ length: count }, () => new HashThread());
	return {
		open: () => threads.reduce((a, b) => b.bytes < a.bytes ? b : a).open(),
		settle: () => {
			for (const thread of threads) thread.settle();
		},
		close: async () => {
			await Promise.all(threads.map((thread) => thread.close()));
		}
	};
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
/** Node makes strings of digests about twice as fast as buffers; each character of a latin1 string is a byte. */
function bytesOf(latin1) {
	const bytes = new Uint8Array(latin1.length);
	for (let i = 0; i < bytes.length; i++) bytes[i] = latin1.charCodeAt(i);
	return bytes;
}
/** `hash` needs no object per call, and is twice as fast; Node has it from 20.12. */
const sha256 = typeof crypto.hash === "function" ? (bytes) => bytesOf(crypto.hash("sha256", bytes, "binary")) : (bytes) => crypto.createHash("sha256").update(bytes).digest();
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

// cli/small-memory.ts
/**
* Keeps V8's space for young values at the size that it begins with. A verifier makes millions of values that are dead
* at once; more space for them only makes the process larger, by a third, and not faster.
*/
const keepMemorySmall = () => setFlagsFromString("--semi-space-growth-factor=1");

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
	const locate = (path) => {
		if (!isSafePath(path)) return null;
		const file = join(root, ...path.split("/"));
		try {
			const entry = lstatSync(file);
			if (!entry.isFile() || realpathSync.native(file) !== file) return null;
			return {
				file,
				size: entry.size
			};
		} catch {
			return null;
		}
	};
	const small = Buffer.allocUnsafeSlow(1048577);
	let last = null;
	return {
		async has(path) {
			last = {
				path,
				found: locate(path)
			};
			return last.found !== null;
		},
		async *stream(path, reuse = false) {
			const found = last?.path === path ? last.found : locate(path);
			if (found === null) throw new Error("there is no such file");
			if (found.size <= chunkBytes) yield reuse ? readInto(small, found.file) : readFileSync(found.file);
			else yield* readParts(found.file, reuse);
		},
		list: () => listFolder(root, "")
	};
}
/** A file of less than the memory; a longer one, which has grown since, is cut off and so found to be changed. */
function readInto(memory, file) {
	const handle = openSync(file, "r");
	try {
		let length = 0;
		for (let read = -1; read !== 0 && length < memory.length; length += read) read = readSync(handle, memory, length, memory.length - length, null);
		return memory.subarray(0, length);
	} finally {
		closeSync(handle);
	}
}
/** Without waiting, as a verifier has nothing else to do; memory that is used again need not be collected. */
function* readParts(file, reuse) {
	const handle = openSync(file, "r");
	try {
		let memory = Buffer.allocUnsafeSlow(chunkBytes);
		for (let read = readSync(handle, memory); read > 0; read = readSync(handle, memory)) {
			yield memory.subarray(0, read);
			if (!reuse) memory = Buffer.allocUnsafeSlow(chunkBytes);
		}
	} finally {
		closeSync(handle);
	}
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
/** Control and formatting characters out of a bundle, such as those that turn text around, must not reach a terminal. */
const printable = (text) => text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, "�");
/** A failure as a line: where, what, and its code for those who search. */
function failureLine(failure, language) {
	const word = words[language];
	const places = [failure.record === void 0 ? null : `${word.record} ${failure.record}`, failure.file === void 0 ? null : `${word.file} ${failure.file}`].filter((place) => place !== null);
	const where = places.length === 0 ? "" : `${places.join(", ")}: `;
	return printable(`  ✗ ${where}${failure[language]} [${failure.code}]`);
}
function reportText(report, language) {
	const word = words[language];
	const lines = reportSentences(report).map((sentence) => printable(sentence[language]));
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
const compromised = {
	en: "The record is in a log of this name, but your key has been given up because somebody else may have it: nothing shows who signed. Get the newest key from someone you trust, or ask for witnesses.",
	zh: "记录在该名称的日志中；但您的公钥对应的密钥可能已被他人掌握并停用，无法证明由谁签名。请另行取得最新公钥，或使用见证策略。"
};
function certificateText(report, language) {
	const word = words[language];
	const verdict = certificateVerdict(report);
	const lines = [(verdict === "unauthenticated" && report.compromised ? compromised : certificateVerdicts[verdict])[language]];
	if (report.witnesses !== null) lines.push(witnessSentence(report.witnesses)[language]);
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
const usage = (name) => `Usage: ${name} PATH [--vkey KEY | --policy FILE] [--since CHECKPOINT] [--rotation FILE]...
       [--workers N] [--lang zh|en] [--json]

PATH            an export bundle (a folder or a .zip of it), or a certificate (.tlog-proof, .json)
--vkey          the log's verifier key that you got earlier or elsewhere: a file, or the key itself
--policy        your own trust policy (c2sp.org/tlog-policy): the log's key, and which witnesses must have cosigned
--since         a checkpoint that you kept: shows that the log has only grown since
--rotation      for a certificate: a change of the log's key (<market>/ledger/rotation/<n>), the first one first;
                your key then leads to that of the certificate. A bundle holds its own
--workers       how many threads work at the same time: 1 to 4; without it 2 for a large bundle where there are processors
                for it. What is found is the same
--json          one JSON object instead of sentences

Exit code 0: intact, signed by your key and cosigned as your policy asks. 3: intact, but without a key of yours
nothing shows who signed.
1: not intact, or not a bundle or certificate at all. 2: the command could not be carried out.
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
	if (values.workers !== void 0 && !/^[1-4]$/.test(values.workers)) throw new UsageError("--workers is 1 to 4");
	return {
		path,
		workers: values.workers === void 0 ? null : Number(values.workers),
		keys: values.vkey === void 0 ? [] : [await readKey(values.vkey)],
		policy: values.policy === void 0 ? null : await readPolicy(values.policy),
		rotations: await readRotations(values.rotation),
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
				policy: { type: "string" },
				since: { type: "string" },
				rotation: {
					type: "string",
					multiple: true,
					default: []
				},
				workers: { type: "string" },
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
async function readRotations(files) {
	const given = await Promise.all(files.map(async (name) => ({
		name,
		text: await readText(name)
	})));
	const rotations = readGivenRotations(given, nodeCrypto);
	if (isMalformed(rotations)) throw new Error(rotations.malformed);
	return rotations;
}
async function readPolicy(file) {
	const { size } = await statOrFail(file);
	const policy = size > 4e6 ? { malformed: "too large" } : parsePolicy(await readFile(file), nodeCrypto.sha256);
	if (isMalformed(policy)) throw new Error(`${file}: ${policy.malformed}`);
	return policy;
}
/** A bundle is a folder or a zip, whose first bytes are "PK"; a certificate is text. */
async function isCertificate(path) {
	if (!(await statOrFail(path)).isFile()) return false;
	const handle = await openForReading(path);
	try {
		const { buffer, bytesRead } = await handle.read(/* @__PURE__ */ new Uint8Array(16), 0, 16, 0);
		return /^(?:c2sp\.org\/|\s*\{)/.test(Buffer.from(buffer.subarray(0, bytesRead)).toString("latin1"));
	} finally {
		await handle.close();
	}
}
async function runCertificate({ path, keys, policy, rotations, json, language }) {
	const trust = {
		keys,
		...policy === null ? {} : { policy }
	};
	const text = await readCertificate(path);
	const report = text === null ? unreadCertificate("it is too long, or not UTF-8") : verifyCertificateFile(text, {
		...trust,
		rotations,
		crypto: nodeCrypto
	});
	const verdict = certificateVerdict(report);
	process.stdout.write(json ? `${JSON.stringify(certificateJson(report))}\n` : certificateText(report, language));
	return exitCodes[verdict];
}
async function readCertificate(path) {
	if ((await statOrFail(path)).size > 4e6) return null;
	const bytes = await readFile(path);
	try {
		return fromUtf8(bytes);
	} catch {
		return null;
	}
}
async function runBundle(request) {
	keepMemorySmall();
	const { json, language, rotations } = request;
	if (rotations.length > 0) throw new UsageError("--rotation is for a certificate; a bundle holds its own");
	const report = await verifyPath(request);
	process.stdout.write(json ? `${JSON.stringify(report)}\n` : reportText(report, language));
	return exitCodes[report.verdict];
}
const certificateJson = (report) => ({
	verdict: certificateVerdict(report),
	index: report.index,
	leaf: report.leaf,
	failures: report.failures,
	witnesses: report.witnesses,
	compromised: report.compromised
});
async function verifyPath(request) {
	const { path, keys, policy, since, json, workers } = request;
	const progress = makeProgress(!json);
	const threads = openHashThreads((workers ?? await usefulWorkers(path)) - 1);
	const options = {
		crypto: {
			...nodeCrypto,
			fileHashes: threads
		},
		keys,
		progress: progress.show,
		...policy === null ? {} : { policy },
		...since === null ? {} : { since }
	};
	try {
		const found = await statOrFail(path);
		if (found.isDirectory()) return await verifyBundle(await openFolder(path), options);
		return found.isFile() ? await verifyZip(path, options) : reportUnreadable("it is neither a folder nor a file");
	} finally {
		progress.end();
		await threads?.close();
	}
}
/** Below this it is done before another thread has begun. */
const largeBytes = 33554432;
async function usefulWorkers(path) {
	if (availableParallelism() < 2) return 1;
	const size = async (file) => (await stat(file).catch(() => null))?.size ?? 0;
	return Math.max(await size(path), await size(join(path, bundleFiles.records))) < largeBytes ? 1 : 2;
}
async function verifyZip(path, options) {
	const handle = await openForReading(path);
	try {
		let bundle;
		try {
			bundle = await openZip(await randomAccess(handle));
		} catch (error) {
			return reportUnreadable(reason(error));
		}
		return await verifyBundle(bundle, options);
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