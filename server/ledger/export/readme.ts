const checkFiles = `python3 -c "import json;[print(f['sha256']+'  '+f['path']) for f in json.load(open('manifest.json'))['files']]" | sha256sum -c --quiet && echo all files fit`

const checkChain = `python3 - <<'END'
import base64, hashlib, json
h = lambda b: hashlib.sha256(b).digest()
before, first, hashes = None, None, []
for line in open('records.jsonl', 'rb'):
    line = line.rstrip(b'\\n'); record = json.loads(line)
    first = record['index'] if first is None else first
    assert before is None or record['prev'] == before, 'the chain breaks at record %d' % record['index']
    hashes.append(h(b'\\0' + line)); before = hashes[-1].hex()
print('the chain holds')
def root(n):
    if len(n) == 1: return n[0]
    k = 1
    while k * 2 < len(n): k *= 2
    return h(b'\\1' + root(n[:k]) + root(n[k:]))
size, signed = open('checkpoint').read().split('\\n')[1:3]
if first == 0 and len(hashes) == int(size):
    assert root(hashes) == base64.b64decode(signed), 'the root is not the signed one'
    print('the root is the signed one')
END`

const indent = (text: string): string => text.replaceAll(/^/gm, "    ")

/** README.txt of every bundle: how to check it, also with tools that neither we nor the operator wrote. */
export const readme = `Quanheng export bundle / 权衡存证导出包
(English first, 中文在后)

WHAT THIS IS
Records of a certification ledger: what happened in trades of data, in order, each linked to the one before and
all of them covered by one signed checkpoint. You can check it without trusting whoever runs the market.

VERIFY IT, in any of these ways; none uses the network
1. In a browser: open verify.html, choose this folder, paste the key that you kept.
2. On the command line, with nothing but Node 18 or newer:
    node verify.mjs . --vkey FILE
   FILE is your own copy of the market's log.vkey. Add --since FILE to show that the log continues a checkpoint
   that you kept. It ends with 0: intact and signed by your key; 3: intact, but without your key nothing shows
   who signed; 1: not intact, and the record is named. Whoever changed a bundle could change its verifiers too:
   those of another bundle, or "npx quanheng verify ." of a source that you trust, do the same.
3. By a second verifier that shares no code with those, with nothing but Python 3.9 or newer:
    python3 verify.py . --vkey FILE
   It ends with the same codes. It does not replay the meaning of the records, and says so: 1 and 2 do.
4. Each file against the manifest, with python3 and sha256sum:
${indent(checkFiles)}
5. The chain of the records and, for an export of the whole log, the root in the checkpoint, with python3:
${indent(checkChain)}
6. checkpoint, manifest.note, tile/ and log.vkey are in the formats of C2SP (c2sp.org: tlog-checkpoint,
   signed-note, tlog-tiles), which tools by others read. manifest.note signs the SHA-256 of manifest.json.

WHEN manifest.json HAS A "filter", this bundle holds all records of one trade, listing or party instead of a range:
those in records.jsonl. threads.jsonl shows what the sealed index (a record of the log) counts of each thread, and
tile/entries holds every record of the log after that index, so that none can have been left out. Item 5 above is
then not for it. That the index itself counts rightly is shown only by verifying an export of the whole log.

WHEN THERE IS A FOLDER rotations, the log has changed its signing key. Each file there shows that a record announced
the new key under a checkpoint that both keys signed; so the verifiers follow from the key that you kept, whichever
it is, to the one that signed this bundle.

The key in this folder is a copy for convenience. Only a key that you received in another way (from the market's
/ledger/log.vkey at an earlier time, from another party, on paper) shows who signed.
KEEP the file "checkpoint": with it you can prove later that nothing of this was changed or removed.
What no ledger can prove: that what was entered was true.

这是什么
这是一份存证日志的导出：数据交易中发生的每一步按顺序成为记录，逐条相链，并由一份已签名的检查点覆盖。
核验时无须信任市场运营方。

如何核验（任选一种，均不访问网络）
1. 浏览器：打开 verify.html，选择本文件夹，粘贴您自己保存的公钥。
2. 命令行，只需 Node 18 或更高版本：
    node verify.mjs . --vkey 文件
   “文件”是您自己保存的 log.vkey。另加 --since 文件，可证明日志延续了您以前保存的检查点。
   退出码 0：完好，且由您的公钥验证签名；3：完好，但没有您的公钥，无法证明由谁签名；1：不完整，并指明是哪条记录。
   更改导出包的人也可能更改其中的核验程序：可改用另一导出包中的程序，或您信任的源码中的 npx quanheng verify .
3. 用另一个独立编写、与上述程序无共同代码的核验程序，只需 Python 3.9 或更高版本：
    python3 verify.py . --vkey 文件
   退出码相同。它不重演记录的含义（会明确说明）；第 1、2 项的程序会重演。
4. 用 python3 和 sha256sum 按清单核对每个文件：
${indent(checkFiles)}
5. 用 python3 核对记录链；若导出的是全部日志，还核对检查点中的根哈希：运行上文英文部分第 5 项的程序。
6. checkpoint、manifest.note、tile/ 与 log.vkey 采用 C2SP 公开格式（c2sp.org），可用他人编写的工具读取。
   manifest.note 是对 manifest.json 的 SHA-256 的签名。

若 manifest.json 含 "filter"，本包不是一段范围，而是一笔交易、一个挂牌或一个主体的全部记录（见 records.jsonl）。
threads.jsonl 给出线索总表（日志中的一条记录）对每条线索的计数，tile/entries 含该总表之后的全部日志记录，因此不可能
有遗漏；此时上文第 5 项不适用。线索总表本身是否正确，只能通过核验全部日志的导出来证明。

若有 rotations 文件夹，表示日志更换过签名密钥。其中每个文件证明：新密钥由一条记录公告，且公告所在的检查点由新旧两把
密钥共同签名。因此无论您保存的是哪一把公钥，核验程序都能由它推导到签署本包的密钥。

本文件夹中的公钥仅为方便而附。只有您从其他途径取得的公钥（以前从市场的 /ledger/log.vkey 保存、从他方取得或纸质留存）
才能证明由谁签名。
请保存 checkpoint 文件：日后可凭它证明以上内容未被改动或删除。
任何日志都不能证明：录入的内容本身属实。
`
