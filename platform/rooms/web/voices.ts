/* oxlint-disable react-hooks/exhaustive-deps -- tracks are told apart by their names; the players stay the same */
import { useEffect, useState } from 'react'

/**
 * Everybody's voice, from the speaker that was chosen. Some browsers play nothing before the page was touched, as after a reload
 * without a microphone: then `blocked`, and `unblock` by a press.
 */
export function useVoices(tracks: readonly MediaStreamTrack[], speaker: string): { blocked: boolean; unblock: () => void } {
  const [blocked, setBlocked] = useState(false)
  const [players] = useState(() => new Map<string, HTMLAudioElement>())
  const key = tracks.map(({ id }) => id).join()

  useEffect(() => {
    for (const [id, player] of players)
      if (!tracks.some((track) => track.id === id)) {
        player.srcObject = null
        players.delete(id)
      }
    for (const track of tracks) {
      if (players.has(track.id)) continue
      const player = new Audio()
      player.srcObject = new MediaStream([track])
      players.set(track.id, player)
      void begin(player)
    }
  }, [key])

  useEffect(() => {
    for (const player of players.values()) void through(player, speaker)
  }, [speaker, key])

  useEffect(
    () => () => {
      for (const player of players.values()) player.srcObject = null
      players.clear()
    },
    [players],
  )

  async function begin(player: HTMLAudioElement): Promise<void> {
    try {
      await player.play()
    } catch (error) {
      if ((error as DOMException).name === 'NotAllowedError') setBlocked(true) // else it was ended before it began
    }
  }

  return {
    blocked,
    unblock() {
      setBlocked(false)
      for (const player of players.values()) void begin(player)
    },
  }
}

async function through(player: HTMLAudioElement, speaker: string): Promise<void> {
  if (!('setSinkId' in player)) return
  try {
    await player.setSinkId(speaker)
  } catch {
    await player.setSinkId('') // the one that was chosen is not here any more
  }
}
