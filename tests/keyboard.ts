import type { Locator, Page } from 'playwright-core'

// Somebody who has a keyboard and no mouse, and looks at where they are. They fail as soon as they would be lost: what they
// want cannot be reached, nothing shows where they are or something lies over it, Tab does not go on or leaves an open dialog,
// or what they were at is gone and nothing has the focus instead.
export type Keyboard = {
  /** By Tab, or Shift and Tab, to what has this role and name. */
  go: (role: Role, name: Name) => Promise<void>
  /** Goes there, and Enter. */
  press: (role: Role, name: Name) => Promise<void>
  /** Goes there, and Space. */
  tick: (role: 'checkbox' | 'switch', name: Name) => Promise<void>
  /** Into the field of this label, in place of what stands there. */
  type: (label: string, text: string) => Promise<void>
  /** In the list of this label, by the arrows. */
  choose: (label: string, option: string) => Promise<void>
  /** Whatever else is pressed, and typed, where one is already. */
  keys: (...keys: string[]) => Promise<void>
  write: (text: string) => Promise<void>
  /** Until this has the focus by itself. */
  isAt: (role: Role, name: Name) => Promise<void>
  /** So many keys so far. */
  pressed: () => number
}

/** By Tab from the page's start to its end: what would make a person fail, and what they did not come by. */
export async function faultsByTab(page: Page): Promise<string[]> {
  await page.evaluate(eyes)
  const found = new Set<string>()
  await page.evaluate(() => look.before())
  for (let stops = 0, around = 0; stops < 400; stops++) {
    await page.keyboard.press('Tab')
    const { at, moved, nowhere, faults } = await page.evaluate(() => {
      const seen = look.after()
      look.before()
      return seen
    })
    for (const fault of faults) found.add(fault)
    if (!moved) return [...found, `Tab does not lead on from ${at}`]
    const missed = nowhere ? await page.evaluate(() => look.missed()) : []
    if (nowhere && (missed.length === 0 || ++around === 2)) return [...found, ...missed] // not from the start, or something came late
  }
  return [...found, 'Tab leads to no end']
}

type Role = Parameters<Page['getByRole']>[0]
type Name = string | RegExp

export async function keyboardOf(page: Page): Promise<Keyboard> {
  let pressed = 0
  let last = 'the page was opened'
  await page.addInitScript(eyes)
  await page.evaluate(eyes)

  const keys = async (...all: string[]) => {
    for (const key of all) {
      pressed++
      last = `${key} at ${await page.evaluate(() => look.whereAmI())}`
      await page.keyboard.press(key)
    }
  }
  const write = async (text: string) => {
    pressed += text.length
    await page.keyboard.type(text)
  }
  const the = (role: Role, name: Name) => page.getByRole(role, { name, ...(typeof name === 'string' ? { exact: true } : {}) })

  async function goTo(target: Locator, called: string): Promise<void> {
    await target.first().waitFor()
    await page
      .waitForFunction(() => look.isSomewhere())
      .catch(() => {
        throw new Error(`nothing has the focus any more since ${last}`)
      })
    if (await isFocused(target)) return
    const key = await page.evaluate((there) => look.wayTo(there), await target.first().elementHandle())
    const passed: string[] = []
    for (let stuck = 0, around = 0; ; ) {
      await page.evaluate(() => look.before())
      await page.keyboard.press(key)
      pressed++
      const { at, moved, nowhere, faults } = await page.evaluate(() => look.after())
      passed.push(at)
      if (faults.length > 0) throw new Error(`on the way to ${called}: ${faults.join('; ')}. Passed: ${passed.join(', ')}`)
      if (await isFocused(target)) return
      stuck = moved ? 0 : stuck + 1
      if (nowhere) around++
      if (stuck > 2) throw new Error(`${key} does not lead on from ${at}, on the way to ${called}. Passed: ${passed.join(', ')}`)
      if (around > 2 || passed.length > 200) throw new Error(`${called} is not reached by ${key}. Passed: ${passed.join(', ')}`)
    }
  }
  const go = (role: Role, name: Name) => goTo(the(role, name), `${role} “${String(name)}”`)
  const into = (label: string) => goTo(page.getByLabel(label, { exact: true }), `the field “${label}”`)

  return {
    go,
    keys,
    write,
    press: async (role, name) => {
      await go(role, name)
      await keys('Enter')
    },
    tick: async (role, name) => {
      await go(role, name)
      await keys('Space')
    },
    type: async (label, text) => {
      await into(label)
      await keys('Control+a')
      await write(text)
    },
    choose: async (label, option) => {
      await into(label)
      const chosen = () => page.evaluate(() => (document.activeElement as HTMLSelectElement).selectedOptions[0]?.label)
      await keys('Home')
      for (let before: string | undefined; (await chosen()) !== option; await keys('ArrowDown')) {
        if (before === (await chosen())) throw new Error(`“${label}” has no “${option}”`)
        before = await chosen()
      }
    },
    isAt: async (role, name) => {
      const there = await the(role, name).first().elementHandle()
      await page
        .waitForFunction((there) => there === document.activeElement, there)
        .catch(async () => {
          throw new Error(`the focus is not at ${role} “${String(name)}”, but at ${await page.evaluate(() => look.whereAmI())}`)
        })
    },
    pressed: () => pressed,
  }
}

const isFocused = (target: Locator) => target.evaluateAll((all) => all.includes(document.activeElement as HTMLElement))

type Seen = { at: string; moved: boolean; nowhere: boolean; faults: string[] }
declare const look: {
  whereAmI: () => string
  isSomewhere: () => boolean
  wayTo: (there: Node | null) => 'Tab' | 'Shift+Tab'
  before: () => void
  after: () => Seen
  missed: () => string[]
}

/** In the page: what somebody sees of where they are. */
function eyes(): void {
  const unfocused = new Map<Element, string>()
  let from: Element | null = null
  let wasSomewhere = false
  const visited = new Set<Element>()
  const nowhere = () => !document.activeElement || document.activeElement === document.body
  document.addEventListener('focusin', ({ target }) => {
    wasSomewhere = true
    visited.add(target as Element)
  })
  if (!nowhere()) wasSomewhere = true

  const called = (element: Element): string => {
    const { ariaLabel, textContent } = element as HTMLElement
    const label = 'labels' in element ? (element as HTMLInputElement).labels?.[0]?.textContent : undefined
    const name = (ariaLabel ?? label ?? textContent ?? '').replaceAll(/\s+/g, ' ').trim().slice(0, 40)
    return `${element.role ?? element.localName} “${name}”`
  }
  const usable = ':is(a[href], button, input, select, textarea, summary, [tabindex="0"]):not([aria-hidden=true])'
  const mayBeUsed = (one: Element) =>
    !one.matches(':disabled, [type=hidden], [type=radio], [inert] *') &&
    one.checkVisibility({ visibilityProperty: true }) &&
    !(document.querySelector('dialog:modal') && !one.closest('dialog:modal'))
  const looks = (element: Element): string => {
    const said: string[] = []
    for (let it: Element | null = element, up = 0; it && up < 4; it = it.parentElement, up++) {
      const { outlineStyle, outlineWidth, outlineColor, boxShadow, borderColor, backgroundColor } = getComputedStyle(it)
      said.push(outlineStyle === 'none' ? '' : outlineStyle + outlineWidth + outlineColor, boxShadow, borderColor, backgroundColor)
    }
    return said.join()
  }
  const isCovered = (element: Element): boolean => {
    const seen = (one: Element) => one.getBoundingClientRect().width > 4 && getComputedStyle(one).opacity !== '0'
    const shown = seen(element) ? element : (element.closest('label') ?? element)
    const [box] = [...shown.getClientRects()].filter(({ width }) => width > 4)
    if (!box) return false
    const points = [0.1, 0.5, 0.9].flatMap((x) => [0.1, 0.5, 0.9].map((y) => [box.left + box.width * x, box.top + box.height * y] as const))
    return !points.some(([x, y]) => {
      const hit = document.elementFromPoint(x, y)
      return hit !== null && (shown.contains(hit) || (hit.contains(shown) && hit.closest('label, button, a, summary') !== null))
    })
  }

  Object.assign(window, {
    look: {
      whereAmI: () => (nowhere() ? 'nothing' : called(document.activeElement!)),
      isSomewhere: () => !wasSomewhere || !nowhere(),
      wayTo: (there: Node) => {
        const here = document.activeElement
        return here && !nowhere() && here.compareDocumentPosition(there) & Node.DOCUMENT_POSITION_PRECEDING ? 'Shift+Tab' : 'Tab'
      },
      before: () => {
        from = document.activeElement
        const all = [...document.querySelectorAll(usable)]
        const here = all.indexOf(from!)
        const nextOf = (some: Element[]) => some.values().filter(mayBeUsed).take(3)
        const near = here === -1 ? all : [...nextOf(all.slice(0, here).toReversed()), ...nextOf(all.slice(here + 1))]
        for (const one of near) unfocused.set(one, looks(one)) // of those further off it is known from the start: all of them at each key took most of the time
      },
      after: (): Seen => {
        const at = document.activeElement!
        const dialog = document.querySelector('dialog:modal')
        const faults: string[] = []
        if (nowhere())
          wasSomewhere = false // around the page's end, as by a browser's own buttons
        else if (at !== from) {
          if (unfocused.get(at) === looks(at)) faults.push(`nothing shows that ${called(at)} has the focus`)
          if (isCovered(at)) faults.push(`something lies over ${called(at)}`)
          if (dialog && !dialog.contains(at)) faults.push(`${called(at)} has the focus behind a dialog`)
        }
        const within = at.matches('[type=date], [type=time]') // day, month and year are stops of one field
        return { at: nowhere() ? 'the page’s end' : called(at), moved: at !== from || within, nowhere: nowhere(), faults }
      },
      missed: () =>
        [...document.querySelectorAll(usable)]
          .filter((one) => mayBeUsed(one) && !visited.has(one))
          .map((one) => `Tab does not come by ${called(one)}`),
    },
  })
}
