// How much is decided and signed, as a bar beside the words that say the same.
type Props = { items: number; decided: number; signed: number }

export function Progress({ items, decided, signed }: Props) {
  const share = (some: number) => (items ? (100 * some) / items : 0)
  return (
    <svg
      viewBox="0 0 100 4"
      preserveAspectRatio="none"
      aria-hidden
      className="my-2 h-1.5 w-full rounded-full bg-sunken print:hidden"
    >
      <rect width={share(decided + signed)} height="4" className="fill-accent opacity-50" />
      <rect width={share(signed)} height="4" className="fill-ok" />
    </svg>
  )
}
