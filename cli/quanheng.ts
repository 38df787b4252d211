#!/usr/bin/env node

/** A subcommand: takes the arguments after its name, answers the exit code. Loaded only when it is called. */
export type Subcommand = {
  readonly summary: string
  readonly load: () => Promise<{ run(args: string[]): Promise<number> }>
}

const subcommands: Readonly<Record<string, Subcommand>> = {
  verify: {
    summary: "verify an export bundle or a certificate, offline",
    load: () => import("./verify.ts"),
  },
  witness: {
    summary: "watch logs on a machine of your own, and cosign what continues",
    load: () => import("./witness.ts"),
  },
  export: {
    summary: "take an export bundle home, on the market's own machine",
    load: () => import("./export.ts"),
  },
  demo: {
    summary: "one whole trade on the demo market, exported and verified offline",
    load: () => import("./demo.ts"),
  },
  "rotate-key": {
    summary: "give the log another signing key, on the market's own machine",
    load: () => import("./rotate-key.ts"),
  },
  office: {
    summary: "give this market its operator or its regulator",
    load: () => import("./office.ts"),
  },
}

function usage(): string {
  const names = Object.keys(subcommands)
  const width = Math.max(...names.map((name) => name.length))
  const lines = names.map((name) => `  ${name.padEnd(width)}  ${subcommands[name]?.summary}`)
  return `Usage: quanheng <command> [options]\n\n${lines.join("\n")}\n`
}

async function main([name, ...args]: string[]): Promise<number> {
  if (name === undefined || name === "help" || name === "--help" || name === "-h") {
    process.stdout.write(usage())
    return name === undefined ? 2 : 0
  }
  const subcommand = Object.hasOwn(subcommands, name) ? subcommands[name] : undefined
  if (subcommand === undefined) {
    process.stderr.write(`quanheng: there is no command "${name}"\n\n${usage()}`)
    return 2
  }
  return (await subcommand.load()).run(args)
}

process.exitCode = await main(process.argv.slice(2))
