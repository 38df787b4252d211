import { access, constants } from "node:fs/promises"
import { join } from "node:path"
import { troubleSentence } from "#contracts/ledger/witness-trouble.ts"
import { sentence } from "#contracts/refusal.ts"
import { readStopped } from "../ledger/stopped-file.ts"
import { readWitnesses } from "../ledger/witnesses/store.ts"
import { answerJson, type Call, type Door } from "./door.ts"

type Check = {
  ok: boolean
  detail?: string | number
  refused?: string
  message?: string
  troubles?: string[]
}

/** The process answers. */
const healthz: Door = {
  method: "GET",
  pattern: /^\/healthz$/,
  async open({ response }) {
    answerJson(response, 200, { ok: true })
    return undefined
  },
}

/** Everything a trade needs answers: database, storage, and a sequencer that keeps up. */
const readyz: Door = {
  method: "GET",
  pattern: /^\/readyz$/,
  async open(call) {
    const checks = {
      ...(await checkDatabase(call)),
      storage: await checkStorage(call),
      witnesses: await checkWitnesses(call),
    }
    const stopped = await readStopped(call.services.config.home)
    if (stopped) {
      const { refused } = stopped.refusal
      Object.assign(checks.sequencer, { ok: false, refused, message: sentence(stopped.refusal, call.locale) })
    }
    const ok = Object.values(checks).every((check) => check.ok)
    answerJson(call.response, ok ? 200 : 503, { ok, ...checks })
    return undefined
  },
}

/** A record that has waited this long for its seal means that no sequencer works. */
const longestWaitSeconds = 30

async function checkDatabase({ services }: Call): Promise<Record<"database" | "sequencer", Check>> {
  try {
    const [row] = await services.sql<{ waiting: number; sealed: number }[]>`
      select (select count(*) from pending_facts)::int as waiting,
        coalesce(extract(epoch from now() - (select max(created_at) from checkpoints)), 0)::float8 as sealed`
    const waiting = row?.waiting ?? 0
    const late = waiting > 0 && (row?.sealed ?? 0) > longestWaitSeconds
    return { database: { ok: true }, sequencer: { ok: !late, detail: waiting } }
  } catch {
    return { database: { ok: false }, sequencer: { ok: false } }
  }
}

async function checkStorage({ services }: Call): Promise<Check> {
  try {
    await access(join(services.config.home, "files"), constants.W_OK)
    return { ok: true }
  } catch {
    return { ok: false }
  }
}

/** A witness in trouble is told, but stops no trade: this check never fails. */
async function checkWitnesses({ services, locale }: Call): Promise<Check> {
  try {
    const asked = await readWitnesses(services.sql)
    const troubles = asked.flatMap(({ vkey, trouble }) =>
      trouble === null ? [] : [`${vkey.split("+")[0]}: ${troubleSentence(trouble)[locale]}`],
    )
    return { ok: true, detail: asked.length - troubles.length, ...(troubles.length > 0 ? { troubles } : {}) }
  } catch {
    return { ok: true }
  }
}

/** Prometheus text format 0.0.4: counts that an operator watches. */
const metrics: Door = {
  method: "GET",
  pattern: /^\/metrics$/,
  async open({ services, response }) {
    const rows = await services.sql<{ name: string; value: string }[]>`
      select 'quanheng_pending_facts' as name, count(*)::text as value from pending_facts
      union all select 'quanheng_log_size', coalesce(max(size), 0)::text from checkpoints
      union all select 'quanheng_trades{state="' || state || '"}', count(*)::text from trades group by state
      union all select 'quanheng_witnesses', count(*)::text from witnesses
      union all select 'quanheng_witnesses_in_trouble', count(*)::text from witnesses where trouble is not null
      union all select 'quanheng_inbox_unapplied', count(*)::text from inbox where applied_at is null`
    const text = rows.map(({ name, value }) => `${name} ${value}\n`).join("")
    response.writeHead(200, { "Content-Type": "text/plain; version=0.0.4; charset=utf-8" }).end(text)
    return undefined
  },
}

export const healthDoors: readonly Door[] = [healthz, readyz, metrics]
