/** Gives the file to the browser, to be kept where its owner keeps files. */
export function download(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/markdown' }))
  Object.assign(document.createElement('a'), { href: url, download: fileNameOf(name) }).click()
  setTimeout(() => URL.revokeObjectURL(url), 60_000) // Safari has begun to read it by then
}

/** As the library's own files are named: "a-bad-knee-and-three-tablets.md". */
const fileNameOf = (name: string) =>
  `${
    name
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
      .replaceAll(/^-|-$/g, '') || 'case'
  }.md`
