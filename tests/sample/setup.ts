// Set-up of tests about the sample organisation: a copy of one that is filled once in a run.
import { useSample } from './use-sample'

await useSample()
