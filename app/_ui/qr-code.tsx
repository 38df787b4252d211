import { qrCode, quietZone } from "#server/documents/qr-code.ts"

/** A QR code, black on white in every scheme, for a code in other colours is not read by every camera. */
export function QrCode({ text, label, side = 128 }: { text: string; label: string; side?: number }) {
  const { size, path } = qrCode(text)
  const whole = size + 2 * quietZone
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`${-quietZone} ${-quietZone} ${whole} ${whole}`}
      width={side}
      height={side}
      shapeRendering="crispEdges"
      className="shrink-0 rounded-control"
    >
      <rect x={-quietZone} y={-quietZone} width={whole} height={whole} fill="#ffffff" />
      <path d={path} fill="#000000" />
    </svg>
  )
}
