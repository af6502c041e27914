// What a browser has and Node has not, as far as the codecs want it.
class Pixels {
  data: Uint8ClampedArray
  width: number
  height: number
  constructor(data: Uint8ClampedArray | number, width: number, height?: number) {
    this.data = typeof data === 'number' ? new Uint8ClampedArray(data * width * 4) : data
    this.width = typeof data === 'number' ? data : width
    this.height = typeof data === 'number' ? width : (height ?? data.length / 4 / width)
  }
}

Object.assign(globalThis, { ImageData: Pixels })
