import { block, listBlocks } from '#platform/safety/api.ts'
import { Confirm } from '#platform/web/parts/confirm.tsx'
import { say } from '#platform/web/parts/toast.ts'
import { by, useAct } from '#platform/web/read.ts'
import { safetyWords } from './words.ts'

/** A button: not to meet somebody here any more. What is shown of them elsewhere is read anew through `onDone`. */
export function BlockPerson({ id, name, onDone }: { id: string; name: string; onDone?: () => void }) {
  const act = useAct(by(block), {
    refreshes: [listBlocks],
    onDone: () => {
      say(`${name || 'This person'} is blocked`)
      onDone?.()
    },
  })
  return (
    <Confirm
      verb="Block"
      says={`You and ${name || 'this person'} do not meet here any more, and what you have planned together may be called off. They are not told. You can unblock them in your account.`}
      act={act}
      words={safetyWords}
      into={() => ({ id })}
    />
  )
}
