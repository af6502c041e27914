import { underEveryOwner } from './every-owner.ts'

underEveryOwner(15)
