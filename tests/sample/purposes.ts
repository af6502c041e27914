import { purpose } from '#platform/files/purposes.ts'

const megabyte = 1024 ** 2

export const picture = purpose({
  name: 'sample_picture',
  largest: 10 * megabyte,
  types: ['image/png', 'image/jpeg', 'image/webp'],
  image: { largestPixels: 4_000_000, side: 256 },
})

export const paper = purpose({
  name: 'sample_paper',
  largest: 5 * megabyte,
  types: ['application/pdf', 'application/zip', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', 'text/plain'],
})

export const film = purpose({
  name: 'sample_film',
  largest: 3 * 1024 * megabyte,
  types: ['video/webm', 'video/mp4', 'audio/mp4', 'audio/wav'],
})
