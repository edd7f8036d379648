// Measures questions one after the other and hands their lines on.
import type { Answer, Task } from '../contract'
import { settle } from '../sync/server'
import { measure, type Question } from './measure'
import { listen } from './recorder'

export async function askAll(questions: readonly Question[], { seed }: Task): Promise<Answer> {
  listen()
  await settle()
  const answer: Answer = { figures: [], facts: {} }
  for (const question of questions) {
    const { figure, plan } = await measure(question, seed)
    process.stderr.write(`           ${figure.group}, ${figure.name}: ${figure.measured}\n`)
    answer.figures.push(figure)
    if (plan) answer.facts[`plan:${plan.title}`] = plan
  }
  return answer
}
