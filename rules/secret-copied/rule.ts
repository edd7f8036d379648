// A secret that is copied to many places: whoever reads one of them has it.
import { z } from 'zod'
import { nameFew } from '@/core/name-few'
import { defineRule } from '@/core/rule'

const places = (count: number): string => (count === 1 ? '1 place' : `${count} places`)

export default defineRule({
  meta: {
    id: 'secret-copied',
    title: 'Secret is copied to many places',
    severity: 'low',
    subject: 'secret',
    topic: 'reuse',
    needs: ['copies'],
    params: z.object({
      copiesMax: z.number().int().nonnegative().default(3).meta({ title: 'Places it may be copied to' }),
    }),
    controls: ['owasp-nhi:NHI9:2025', 'owasp-nhi:NHI2:2025', 'csf:PR.AA-01', 'csf:PR.DS-01'],
    messages: {
      many: 'It is copied to {{count}}, more than the limit of {{copiesMax}}: {{places}}.',
    },
    remedy: 'Give each place that does something else a secret of its own.',
  },
  applies: () => true,
  check: ({ subject: { copies }, params: { copiesMax } }) =>
    copies !== null && copies.count > copiesMax
      ? { message: 'many', data: { count: places(copies.count), copiesMax, places: nameFew(copies) } }
      : null,
})
