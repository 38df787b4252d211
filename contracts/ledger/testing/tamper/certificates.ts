import { type Certificate, formatCertificate, parseCertificate } from "../../certificate-form.ts"
import { describeCertificate } from "../../certificate-json.ts"
import { isMalformed } from "../../malformed.ts"
import { inclusionProof } from "../../merkle.ts"
import { tileHashReader, tilePath } from "../../tiles.ts"
import { checkpointOf } from "../bundle.ts"
import { log, pristine, signer, size } from "../fixture.ts"
import { sha256 } from "../seal.ts"
import { flip, forger, type Group, type TamperCase } from "./case.ts"

/** Record 7 of the log with its proof: the one file that a party takes home from a step of a trade. */
const read = tileHashReader(size, async (tile) => pristine.get(tilePath(tile)) as Uint8Array, sha256)
const certificate: Certificate = {
  extra: log.leaves[7] as Uint8Array,
  index: 7,
  proof: await inclusionProof(7, size, read, sha256),
  checkpoint: checkpointOf(log, signer),
}

const file = "7.tlog-proof"

const text = (edit: string, finds: TamperCase["finds"], certificateText: string): TamperCase => ({
  edit,
  file,
  make: () => ({ files: new Map(), certificate: certificateText, keys: [signer.key] }),
  verdict: "broken",
  finds,
})

const changed = (edit: string, finds: TamperCase["finds"], change: Partial<Certificate>): TamperCase =>
  text(edit, finds, formatCertificate({ ...certificate, ...change }))

const whole = formatCertificate(certificate)

function jsonOf(change: Record<string, unknown>): string {
  const parsed = parseCertificate(whole)
  const described = isMalformed(parsed) ? parsed : describeCertificate(parsed, whole, sha256)
  return `${JSON.stringify({ ...described, ...change })}\n`
}

const [first, second, ...others] = certificate.proof as [Uint8Array, Uint8Array, ...Uint8Array[]]

export const certificateGroups: readonly Group[] = [
  {
    title: "A certificate of one record",
    about: "The reader brought the log's key and has this one file.",
    cases: [
      changed("one bit of the record flipped", ["record_malformed 7", "proof_wrong 7"], {
        extra: flip(log.leaves[7] as Uint8Array, 9, 0x80),
      }),
      changed("another record of the same log put in", ["record_index_wrong 7", "proof_wrong 7"], {
        extra: log.leaves[8] as Uint8Array,
      }),
      changed("the record taken out, and none beside it", ["certificate_without_record 7"], { extra: null }),
      changed("another index", ["record_index_wrong 8", "proof_wrong 8"], { index: 8 }),
      changed("a hash of the proof changed", ["proof_wrong 7"], {
        proof: [flip(first, 0), second, ...others],
      }),
      changed("two hashes of the proof swapped", ["proof_wrong 7"], { proof: [second, first, ...others] }),
      changed("a hash of the proof dropped", ["proof_wrong 7"], { proof: [second, ...others] }),
      changed("a hash added to the proof", ["proof_wrong 7"], { proof: [...certificate.proof, first] }),
      changed("the head of a smaller log", ["proof_wrong 7"], { checkpoint: checkpointOf(log, signer, 260) }),
      changed("a head signed with another key", ["checkpoint_not_signed_by_key"], {
        checkpoint: checkpointOf(log, forger),
      }),
      changed("the size in the head changed", ["checkpoint_signature_bad"], {
        checkpoint: certificate.checkpoint.replace(`\n${size}\n`, `\n${size + 1}\n`),
      }),
      changed("a byte added at the end", ["checkpoint_malformed"], {
        checkpoint: `${certificate.checkpoint}x`,
      }),
      text("its lines ended by CR LF", ["certificate_malformed"], whole.replaceAll("\n", "\r\n")),
      text("cut off", ["certificate_malformed"], whole.slice(0, 200)),
      text(
        "the form for programs, with another record beside the true proof",
        ["certificate_malformed 7"],
        jsonOf({ leaf: log.decoded[8] }),
      ),
      text(
        "the form for programs, without its proof",
        ["certificate_malformed"],
        jsonOf({ proofText: undefined }),
      ),
    ],
  },
]
