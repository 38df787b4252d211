import type { Locale } from "#contracts/localized-text.ts"
import { home } from "../_lib/messages/home.ts"

/** The idea of the market as one picture: data on one side, held money on the other, and the record beneath both. */
export function Steelyard({ locale }: { locale: Locale }) {
  const t = home[locale].scales
  return (
    <svg viewBox="0 0 420 300" role="img" aria-label={t.alt} className="h-auto w-full max-w-md">
      <title>{t.alt}</title>
      <g fill="none" strokeLinecap="round" strokeLinejoin="round">
        <path d="M150 26v36" className="stroke-ink-soft" strokeWidth={2} />
        <path d="M150 10a8 8 0 1 0 .1 0Z" className="stroke-ink-soft" strokeWidth={2} />
        <path d="M48 62h340" className="stroke-ink" strokeWidth={4} />
        <path d={beamMarks()} className="stroke-accent" strokeWidth={2} />
        <path d="M72 64 20 168h104L72 64Z" className="stroke-ink-soft" strokeWidth={1.5} />
        <path
          d="M14 168h116c-6 22-24 30-58 30s-52-8-58-30Z"
          className="fill-surface stroke-ink"
          strokeWidth={2}
        />
        <path d="M330 64v52" className="stroke-ink-soft" strokeWidth={1.5} />
        <path d="M312 116h36l14 66h-64l14-66Z" className="fill-accent stroke-accent" strokeWidth={2} />
      </g>
      <g className="fill-accent">
        {[0, 1, 2, 3].map((row) => (
          <g key={row} className={row === 0 ? "fill-accent" : "fill-line-strong"}>
            <rect x={40} y={130 + row * 9} width={26} height={5} rx={1} />
            <rect x={70} y={130 + row * 9} width={14} height={5} rx={1} />
            <rect x={88} y={130 + row * 9} width={18} height={5} rx={1} />
          </g>
        ))}
      </g>
      <g className="fill-ink text-[14px] font-semibold" textAnchor="middle">
        <text x={72} y={222}>
          {t.data}
        </text>
        <text x={330} y={222}>
          {t.money}
        </text>
      </g>
      <text x={330} y={156} textAnchor="middle" className="fill-on-accent text-[22px] font-semibold">
        ¥
      </text>
      <g>
        <path d="M20 262h380" className="stroke-line" strokeWidth={1} />
        {Array.from({ length: 12 }, (_, order) => 26 + order * 33.5).map((x, order) => (
          <rect
            key={x}
            x={x}
            y={253}
            width={18}
            height={18}
            rx={4}
            className={order < 8 ? "fill-accent-soft stroke-accent" : "fill-canvas stroke-line-strong"}
            strokeDasharray={order < 8 ? undefined : "3 3"}
          />
        ))}
        <text x={210} y={292} textAnchor="middle" className="fill-ink-faint text-[12px]">
          {t.record}
        </text>
      </g>
    </svg>
  )
}

/** The brass points along the beam of a steelyard, every fifth one longer. */
function beamMarks(): string {
  return Array.from({ length: 19 }, (_, order) => `M${180 + order * 11} ${order % 5 === 0 ? 54 : 57}v3`).join(
    "",
  )
}
