// How sure a line of a drawing is, told by how it is dashed; a legend stands by every drawing.

export type LineKind = 'observed' | 'possible' | 'declared' | 'depends'
export const DASHES: Record<LineKind, string | undefined> = {
  observed: undefined,
  possible: '5 4',
  declared: '9 3 1.5 3',
  depends: '1.5 3.5',
}
