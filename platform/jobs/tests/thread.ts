import { work } from '../worker.ts'
import { ticks, trial } from './trial.ts'

// What app/worker.ts is to the app.
work([...trial, ticks])
