import { utf8 } from "../../../bytes.ts"
import { cosign, cosignerKey, formatCosignerKey } from "../../cosignature.ts"
import { bundleFiles } from "../../export.ts"
import { formatVerifierKey, type NoteSignature, signatureLine } from "../../note.ts"
import { checkpointOf, type Files, makeBundle } from "../bundle.ts"
import { log, origin, signer } from "../fixture.ts"
import { market } from "../market.ts"
import { makeSigner, sealLog, sha256 } from "../seal.ts"
import { type Given, type Group, given, signedAgain, type TamperCase, textOf, whole } from "./case.ts"
import { change, made, rewritten } from "./forged.ts"

/** What a reader finds who holds a trust policy, with three witnesses of whom two must have cosigned. */
const { checkpoint } = bundleFiles

const witnesses = ["a", "b", "c"].map((name) => {
  const { key, sign } = makeSigner("w")
  return { name, sign, key: cosignerKey(`${name}.example/w`, key.publicKey, sha256) }
})
type Witness = (typeof witnesses)[number]
const [a, b] = witnesses as [Witness, Witness]

const policyOf = (logKey: string): string =>
  [
    `log ${logKey}`,
    ...witnesses.map(({ name, key }) => `witness ${name} ${formatCosignerKey(key)}`),
    "group two 2 a b c",
    "quorum two\n",
  ].join("\n")
const policy = policyOf(formatVerifierKey(signer.key))

const cosigned = ({ key, sign }: Witness, head = textOf(checkpoint)): NoteSignature =>
  cosign(head.slice(0, head.indexOf("\n\n") + 1), 1_767_312_000, key, sign)

/** The bundle with these lines under its head; what the checkpoint says stays as it was. */
function withLines(lines: readonly NoteSignature[], files: Files = whole, of = log): Files {
  const head = textOf(checkpoint, files) + lines.map(signatureLine).join("")
  return signedAgain(new Map(files).set(checkpoint, utf8(head)), of)
}

const held = (files: Files): Given => ({ ...given(files), policy })

const row = (edit: string, finds: TamperCase["finds"], make: () => Given): TamperCase =>
  made(edit, finds.length === 0 ? "intact" : "broken", finds, make, checkpoint)

/** The same log up to 260 records, and another history after. */
const forked = change(260, (leaf) => ({ ...leaf, at: leaf.at.replace(".020Z", ".021Z") }))

const flipped = (line: NoteSignature): NoteSignature => ({
  ...line,
  signature: line.signature.with(40, (line.signature[40] as number) ^ 1),
})

const rows: readonly TamperCase[] = [
  row("two of the three cosigned, as the policy asks", [], () => held(withLines([cosigned(a), cosigned(b)]))),
  row(
    "a fork that is shown to one reader only: the witnesses cosigned the other history",
    [`quorum_missing ${checkpoint}`],
    () => held(makeBundle(forked, signer)),
  ),
  row("the fork, under the cosignatures of the true history", [`cosignature_bad ${checkpoint}`], () =>
    held(withLines([cosigned(a), cosigned(b)], makeBundle(forked, signer), forked)),
  ),
  row("a rollback to a head that nobody cosigned", [`quorum_missing ${checkpoint}`], () =>
    held(makeBundle(sealLog(origin, market(262)), signer)),
  ),
  row(
    "a re-signed edit by the thief of the log's key, shown to a reader with witnesses",
    [`quorum_missing ${checkpoint}`],
    () => held(makeBundle(rewritten, signer)),
  ),
  row("one cosignature taken away", [`quorum_missing ${checkpoint}`], () => held(withLines([cosigned(a)]))),
  row("one cosignature twice, in place of two", [`quorum_missing ${checkpoint}`], () =>
    held(withLines([cosigned(a), cosigned(a)])),
  ),
  row("one bit of a cosignature flipped", [`cosignature_bad ${checkpoint}`], () =>
    held(withLines([cosigned(a), flipped(cosigned(b))])),
  ),
  row("a cosignature of an earlier head of the same log", [`cosignature_bad ${checkpoint}`], () =>
    held(withLines([cosigned(a), cosigned(b, checkpointOf(log, signer, 260))])),
  ),
  row("a cosignature under another witness's name", [`cosignature_bad ${checkpoint}`], () =>
    held(withLines([cosigned(a), { ...cosigned(a), name: b.key.cosigner, keyId: b.key.keyId }])),
  ),
  row("cosignatures of witnesses whom the policy does not know", [`quorum_missing ${checkpoint}`], () => {
    const { key, sign } = makeSigner("w")
    const stranger = { name: "d", sign, key: cosignerKey("d.example/w", key.publicKey, sha256) }
    return held(withLines([cosigned(a), cosigned(stranger)]))
  }),
  row("a policy that trusts another log's key", [`checkpoint_not_signed_by_key ${checkpoint}`], () => ({
    files: withLines([cosigned(a), cosigned(b)]),
    keys: [],
    policy: policyOf(formatVerifierKey(makeSigner(origin).key)),
  })),
]

export const witnessGroups: readonly Group[] = [
  {
    title: "Against the reader's own policy (--policy)",
    about: "Witnesses cosign one history only; a reader whose policy asks for them cannot be shown another.",
    cases: rows,
  },
]
