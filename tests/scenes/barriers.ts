import type { Page } from 'playwright-core'
import { faultsOf } from '#tests/axe.ts'
import { faultsByTab } from '#tests/keyboard.ts'
import { inColours, wide, type Scene, type Shown } from './scene.ts'

/**
 * What keeps somebody from reading and using this, in light and in dark, at 200 % and at 400 %, with a mouse or without. What can be
 * pressed is come by with Tab, it is seen where one is, and nothing lies over it: 1280 px wide, and as narrow as such a window is at 400 %.
 */
export async function barriersIn({ page, faults }: Shown, { loading }: Scene): Promise<string[]> {
  await page.setViewportSize(wide)
  const inLight = await faultsOf(await inColours(page, 'light'))
  const inDark = await faultsOf(await inColours(page, 'dark'), { of: 'colours' })
  const unclear = [...(await namelessIn(page, loading)), ...inLight.filter((fault) => !(loading && withoutHeadingYet.includes(fault)))]
  const atWide = loading ? [] : await faultsByTab(page)
  const sideways: string[] = []
  for (const width of zoomed) sideways.push(...(await beyondTheEdge(page, width)).map((part) => `sideways at ${width} px: ${part}`))
  const atNarrow = loading ? [] : await faultsByTab(page)
  return [...faults, ...unclear, ...inDark, ...atWide, ...sideways, ...atNarrow]
}

// Whoever hears the page learns where they are by its title, its landmark and its heading.
async function namelessIn(page: Page, loading: Scene['loading']): Promise<string[]> {
  const title = await page.title()
  const [mains, headings] = [await page.getByRole('main').count(), await page.getByRole('heading', { level: 1 }).count()]
  return [
    ...(/^Vivavoce|^\S.* – Vivavoce$/.test(title) ? [] : [`a title that says nothing: ${title}`]),
    ...(mains === 1 ? [] : [`${mains} landmarks of what matters`]),
    ...(headings === 1 || (loading && headings === 0) ? [] : [`${headings} headings of the page`]),
  ]
}

const withoutHeadingYet = [
  'page-has-heading-one (Page should contain a level-one heading) at html: Fix all of the following: Page must have a level-one heading',
]

// What a window of 1280 pixels has room for at 200 %, and at 400 % (WCAG 2.2, 1.4.4 and 1.4.10).
const zoomed = [640, 320]

/** What makes one scroll sideways. */
async function beyondTheEdge(page: Page, width: number): Promise<string[]> {
  await page.setViewportSize({ width, height: 450 })
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement
    if (scrollWidth <= clientWidth) return []
    const outside = [...document.body.querySelectorAll('*')].filter((part) => part.getBoundingClientRect().right > clientWidth + 1)
    return outside.slice(0, 5).map(({ tagName, className }) => `${tagName}.${className}`)
  })
}
