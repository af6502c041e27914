import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { freshBrowser } from './browser.ts'
import { faultsByTab, keyboardOf } from './keyboard.ts'

const browser = await freshBrowser()

async function pageOf(html: string) {
  const page = await browser.newPage()
  page.setDefaultTimeout(2_000)
  await page.setContent(`<main><button>First</button>${html}<button>Last</button></main>`)
  return page
}

describe('somebody with a keyboard and nothing else', () => {
  test('goes both ways, presses, types, ticks and chooses, where all is well', async () => {
    const page = await pageOf(`<label>Name <input></label><label><input type="checkbox"> Adult</label>
      <label for="days">Days</label><select id="days"><option>One<option>Two<option>Three</select>`)
    const theirs = await keyboardOf(page)
    await theirs.go('button', 'Last')
    await theirs.type('Name', 'Ada')
    await theirs.tick('checkbox', 'Adult')
    await theirs.choose('Days', 'Three')
    await theirs.choose('Days', 'Two')
    assert.equal(await page.getByLabel('Name').inputValue(), 'Ada')
    assert.equal(await page.getByLabel('Adult').isChecked(), true)
    assert.equal(await page.getByLabel('Days').inputValue(), 'Two')
    assert.deepEqual(await faultsByTab(page), [])
    assert.ok(theirs.pressed() > 8)
  })

  for (const { what, html, says } of [
    { what: 'nothing shows where they are', html: '<button style="outline: none">Dull</button>', says: /nothing shows that button “Dull”/ },
    {
      what: 'something lies over where they are',
      html: '<button>Below</button><div style="position: fixed; inset: 0; background: white"></div>',
      says: /something lies over button/,
    },
    {
      what: 'Tab is held fast',
      html: '<button onkeydown="event.preventDefault()">Trap</button>',
      says: /Tab does not lead on from button “Trap”/,
    },
  ])
    test(`fails where ${what}`, async () => {
      const page = await pageOf(html)
      const theirs = await keyboardOf(page)
      await assert.rejects(theirs.press('button', 'Last'), says)
      assert.match((await faultsByTab(await pageOf(html))).join(), says)
    })

  test('fails where what they want cannot be reached, and says what they passed', async () => {
    const page = await pageOf('<button>Between</button><button tabindex="-1">Never</button>')
    const theirs = await keyboardOf(page)
    await assert.rejects(theirs.press('button', 'Never'), /“Never” is not reached by Tab\. Passed: button “First”, button “Between”/)
    assert.match((await faultsByTab(page)).join(), /Tab does not come by button “Never”/)
  })

  test('fails where what they pressed is gone, and nothing has the focus instead', async () => {
    const page = await pageOf('<button onclick="this.remove()">Remove</button>')
    const theirs = await keyboardOf(page)
    await theirs.press('button', 'Remove')
    await assert.rejects(theirs.go('button', 'Last'), /nothing has the focus any more since Enter at button “Remove”/)
  })
})
