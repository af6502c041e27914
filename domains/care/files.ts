import { purpose } from '#platform/files/purposes.ts'

const megabyte = 1024 ** 2
const papers = {
  largest: 20 * megabyte,
  types: ['application/pdf', 'image/png', 'image/jpeg', 'image/webp'],
  image: { largestPixels: 25_000_000, side: 2_560 }, // a letter that was photographed stays readable
} as const

/** Hangs on a message. The other side has it by private.may_download_message_file. */
export const messageFile = purpose({ name: 'message_file', ...papers })

/** What a doctor shows to be verified. Administrators have it while they decide: private.may_download_verification_evidence. */
export const verificationEvidence = purpose({ name: 'verification_evidence', ...papers })
