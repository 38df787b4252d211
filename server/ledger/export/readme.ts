/** README.txt of every bundle: how to check it, also with tools that neither we nor the operator wrote. */
export const readme = `Quanheng export bundle / 权衡存证导出包

WHAT THIS IS
Records of a certification ledger: what happened in trades of data, in order, each linked to the one before and
all of them covered by one signed checkpoint. You can check it without trusting whoever runs the market.

VERIFY IT
1. With the verifier:   npx quanheng verify . --vkey your-copy-of-log.vkey --since your-older-checkpoint
   or open verify.html in a browser, or run: node verify.mjs .   (where the bundle holds them; no network is used)
   The key in this folder is a copy for convenience. Only a key that you received in another way (from the
   market's /ledger/log.vkey at an earlier time, from another party, on paper) shows who signed.
2. With ordinary tools: manifest.json lists every file with its SHA-256:
     python3 -c "import json;[print(f['sha256']+'  '+f['path']) for f in json.load(open('manifest.json'))['files']]" | sha256sum -c
3. The chain of records: the hash of each line of records.jsonl is SHA-256 of a zero byte and the line, and the
   next line names it as "prev":
     python3 - <<'END'
     import hashlib, json
     before = None
     for line in open('records.jsonl', 'rb'):
         line = line.rstrip(b'\\n'); record = json.loads(line)
         assert before is None or record['prev'] == before, record['index']
         before = hashlib.sha256(b'\\0' + line).hexdigest()
     print('the chain holds')
     END
4. checkpoint, tile/ and the keys are in the formats of C2SP (c2sp.org: tlog-checkpoint, tlog-tiles, signed-note).

KEEP the file "checkpoint": with it you can prove later that nothing of this was changed or removed.
What no ledger can prove: that what was entered was true.

这是什么
这是一份存证日志的导出：数据交易中发生的每一步按顺序成为记录，逐条相链，并由一份已签名的检查点覆盖。
核验时无须信任市场运营方。

如何核验
1. 用核验程序：npx quanheng verify . --vkey 您自己保存的log.vkey --since 您以前保存的checkpoint
   或在浏览器中打开 verify.html，或运行 node verify.mjs .（若导出包内含这些文件；不访问网络）。
   本文件夹中的公钥仅为方便而附。只有您从其他途径取得的公钥才能证明是谁签的名。
2. 用通用工具：manifest.json 列出了每个文件的 SHA-256，可用上面第 2 条命令核对。
3. 记录链：records.jsonl 每行的哈希为 SHA-256（一个零字节加该行内容），下一行以 "prev" 引用它；可用上面第 3 段程序核对。
4. checkpoint、tile/ 与公钥采用 C2SP 公开格式（c2sp.org）。

请保存 checkpoint 文件：日后可凭它证明以上内容未被改动或删除。
任何日志都不能证明：录入的内容本身属实。
`
