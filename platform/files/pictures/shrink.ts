/** A picture at most `side` pixels wide and high: each new pixel is the mean of those it covers. */
export function shrink(picture: ImageData, side: number): ImageData {
  const { width, height } = picture
  const scale = Math.max(width, height) / side
  if (scale <= 1) return picture
  const small = { width: Math.max(1, Math.round(width / scale)), height: Math.max(1, Math.round(height / scale)) }
  const drawn = new ImageData(small.width, small.height)
  const row = new Float64Array(small.width * 4)
  const rowsEach = height / small.height
  for (let y = 0; y < small.height; y++) {
    row.fill(0)
    for (const [from, share] of covered(y, rowsEach, height)) addRow(row, picture, from, share, small.width)
    putRow(drawn, y, row, rowsEach * (width / small.width))
  }
  return drawn
}

// Colours count by how opaque they are: what nobody sees does not tint its neighbours.
function addRow(row: Float64Array, { data, width }: ImageData, y: number, share: number, columns: number): void {
  const each = width / columns
  for (let x = 0; x < columns; x++) {
    const end = Math.min(width, (x + 1) * each)
    for (let at = Math.floor(x * each); at < end; at++) {
      const pixel = (y * width + at) * 4
      const weight = data[pixel + 3]! * share * (Math.min(at + 1, end) - Math.max(at, x * each))
      row[x * 4]! += data[pixel]! * weight
      row[x * 4 + 1]! += data[pixel + 1]! * weight
      row[x * 4 + 2]! += data[pixel + 2]! * weight
      row[x * 4 + 3]! += weight
    }
  }
}

function putRow({ data, width }: ImageData, y: number, row: Float64Array, area: number): void {
  for (let x = 0; x < width; x++) {
    const opacity = row[x * 4 + 3]!
    if (opacity === 0) continue
    const pixel = (y * width + x) * 4
    for (let colour = 0; colour < 3; colour++) data[pixel + colour] = row[x * 4 + colour]! / opacity
    data[pixel + 3] = opacity / area
  }
}

/** Which old rows a new one covers, and how much of each. */
function* covered(index: number, each: number, count: number): Generator<[at: number, share: number]> {
  const end = Math.min(count, (index + 1) * each)
  for (let at = Math.floor(index * each); at < end; at++) yield [at, Math.min(at + 1, end) - Math.max(at, index * each)]
}
