// Printed from the database and its privileges by `npm run types`. Not to be edited.
import type { Column } from '#platform/database/roles.ts'

declare module '#platform/database/roles.ts' {
  interface AnonTables {
    'practice.cases': {
      id: Column<string>
      category: Column<string>
      case_name: Column<string>
      domain: Column<string>
      level: Column<'any' | 'student' | 'foundation' | 'core' | 'higher'>
      formats: Column<(string)[]>
      content_note: Column<string>
      author: Column<string>
      file_version: Column<number>
    }
    'practice.domains': {
      key: Column<string>
      name: Column<string>
    }
    'practice.format_phases': {
      format: Column<string>
      phase: Column<'reading' | 'running' | 'marking' | 'feedback'>
      seconds: Column<number | null>
      bells: Column<(number)[]>
    }
    'practice.format_scales': {
      format: Column<string>
      domain: Column<string>
      position: Column<number>
      points: Column<(string)[]>
    }
    'practice.formats': {
      id: Column<string>
      name: Column<string>
      words: Column<string>
      rating: Column<(string)[]>
      position: Column<number>
    }
  }
  interface AuthenticatedTables {
    'practice.attendance': {
      session_id: Column<string>
      person_id: Column<string>
      came: Column<boolean>
      noted_at: Column<string>
    }
    'practice.case_authors': {
      case_id: Column<string>
      person_id: Column<string>
      since: Column<string>
    }
    'practice.case_reviewers': {
      case_id: Column<string>
      person_id: Column<string>
      since: Column<string>
    }
    'practice.case_signatures': {
      case_id: Column<string>
      edition: Column<number>
      person_id: Column<string>
      named_as: Column<string>
      signed_on: Column<string>
      review_by: Column<string>
    }
    'practice.cases': {
      id: Column<string>
      category: Column<string>
      case_name: Column<string>
      domain: Column<string>
      level: Column<'any' | 'student' | 'foundation' | 'core' | 'higher'>
      formats: Column<(string)[]>
      content_note: Column<string>
      author: Column<string>
      file_version: Column<number>
    }
    'practice.disclosures': {
      session_id: Column<string>
      round: Column<number>
      person_id: Column<string>
      text: Column<'candidate_brief' | 'actor_brief' | 'condition' | 'markscheme'>
      opened_at: Column<string>
    }
    'practice.domains': {
      key: Column<string>
      name: Column<string>
    }
    'practice.format_phases': {
      format: Column<string>
      phase: Column<'reading' | 'running' | 'marking' | 'feedback'>
      seconds: Column<number | null>
      bells: Column<(number)[]>
    }
    'practice.format_scales': {
      format: Column<string>
      domain: Column<string>
      position: Column<number>
      points: Column<(string)[]>
    }
    'practice.formats': {
      id: Column<string>
      name: Column<string>
      words: Column<string>
      rating: Column<(string)[]>
      position: Column<number>
    }
    'practice.observers': {
      session_id: Column<string>
      person_id: Column<string>
      invited_by: Column<string>
      asked_at: Column<string>
      agreed_at: Column<string | null>
    }
    'practice.practice_sessions': {
      id: Column<string>
      host_id: Column<string>
      guest_id: Column<string | null>
      date: Column<string>
      time: Column<string>
      type: Column<'mock' | 'review'>
      version: Column<number>
      created_at: Column<string>
      starts_at: Column<string>
      duration: Column<string>
      format: Column<string>
      level: Column<'any' | 'student' | 'foundation' | 'core' | 'higher'>
      note: Column<string>
      partner: Column<'person' | 'nobody'>
      meeting_id: Column<string | null>
      cancelled_at: Column<string | null>
      ended_at: Column<string | null>
    }
    'practice.profiles': {
      user_id: Column<string, string | undefined>
      first_name: Column<string, string, string>
      last_name: Column<string, string, string>
      training_level: Column<never, string, string>
      avatar: Column<string | null, string | null | undefined, string | null>
    }
    'practice.remarks': {
      session_id: Column<string>
      round: Column<number>
      writer_id: Column<string>
      words: Column<string>
      rating: Column<number | null>
      written_at: Column<string>
    }
    'practice.seat_waits': {
      session_id: Column<string>
      person_id: Column<string>
      since: Column<string>
    }
  }
  interface ServiceTables {
    'practice.assignments': {
      id: Column<string>
      group_id: Column<string>
      case_id: Column<string>
      due_on: Column<string>
      words: Column<string>
      assigned_at: Column<string>
    }
    'practice.attendance': {
      session_id: Column<string>
      person_id: Column<string>
      came: Column<boolean>
      noted_at: Column<string>
    }
    'practice.case_authors': {
      case_id: Column<string>
      person_id: Column<string>
      since: Column<string>
    }
    'practice.case_notes': {
      id: Column<string>
      case_id: Column<string>
      edition: Column<number>
      person_id: Column<string>
      words: Column<string>
      written_at: Column<string>
    }
    'practice.case_reviewers': {
      case_id: Column<string>
      person_id: Column<string>
      since: Column<string>
    }
    'practice.case_signatures': {
      case_id: Column<string>
      edition: Column<number>
      person_id: Column<string>
      named_as: Column<string>
      signed_on: Column<string>
      review_by: Column<string>
    }
    'practice.cases': {
      id: Column<string>
      category: Column<string>
      case_name: Column<string>
      domain: Column<string>
      level: Column<'any' | 'student' | 'foundation' | 'core' | 'higher'>
      formats: Column<(string)[]>
      content_note: Column<string>
      author: Column<string>
      file_version: Column<number>
    }
    'practice.disclosures': {
      session_id: Column<string>
      round: Column<number>
      person_id: Column<string>
      text: Column<'candidate_brief' | 'actor_brief' | 'condition' | 'markscheme'>
      opened_at: Column<string>
    }
    'practice.domains': {
      key: Column<string>
      name: Column<string>
    }
    'practice.format_phases': {
      format: Column<string>
      phase: Column<'reading' | 'running' | 'marking' | 'feedback'>
      seconds: Column<number | null>
      bells: Column<(number)[]>
    }
    'practice.format_scales': {
      format: Column<string>
      domain: Column<string>
      position: Column<number>
      points: Column<(string)[]>
    }
    'practice.formats': {
      id: Column<string>
      name: Column<string>
      words: Column<string>
      rating: Column<(string)[]>
      position: Column<number>
    }
    'practice.group_members': {
      group_id: Column<string>
      person_id: Column<string>
      joined_at: Column<string>
    }
    'practice.groups': {
      id: Column<string>
      teacher_id: Column<string>
      name: Column<string>
      words: Column<string>
      made_at: Column<string>
    }
    'practice.observers': {
      session_id: Column<string>
      person_id: Column<string>
      invited_by: Column<string>
      asked_at: Column<string>
      agreed_at: Column<string | null>
    }
    'practice.practice_sessions': {
      id: Column<string>
      host_id: Column<string>
      guest_id: Column<string | null>
      date: Column<string>
      time: Column<string>
      type: Column<'mock' | 'review'>
      version: Column<number>
      created_at: Column<string>
      starts_at: Column<string>
      duration: Column<string>
      format: Column<string>
      level: Column<'any' | 'student' | 'foundation' | 'core' | 'higher'>
      note: Column<string>
      partner: Column<'person' | 'nobody'>
      meeting_id: Column<string | null>
      cancelled_at: Column<string | null>
      ended_at: Column<string | null>
    }
    'practice.profiles': {
      user_id: Column<string>
      first_name: Column<string>
      last_name: Column<string>
      training_level: Column<string>
      avatar: Column<string | null>
      left_at: Column<string | null>
    }
    'practice.remarks': {
      session_id: Column<string>
      round: Column<number>
      writer_id: Column<string>
      words: Column<string>
      rating: Column<number | null>
      written_at: Column<string>
    }
    'practice.rounds': {
      session_id: Column<string>
      number: Column<number>
      case_id: Column<string>
      candidate_id: Column<string>
      actor_id: Column<string | null>
      plan: Column<unknown>
      reading_at: Column<string>
      running_at: Column<string | null>
      marking_at: Column<string | null>
      feedback_at: Column<string | null>
      ended_at: Column<string | null>
      paused_at: Column<string | null>
      paused_left: Column<string | null>
      ask_what: Column<'pause' | 'extend' | null>
      ask_by: Column<string | null>
      ask_phase: Column<string | null>
      ask_seconds: Column<number | null>
    }
    'practice.scores': {
      session_id: Column<string>
      round: Column<number>
      domain: Column<string>
      points: Column<number>
    }
    'practice.seat_waits': {
      session_id: Column<string>
      person_id: Column<string>
      since: Column<string>
    }
    'practice.shares': {
      id: Column<string>
      session_id: Column<string>
      round: Column<number>
      person_id: Column<string | null>
      address: Column<string | null>
      shared_at: Column<string>
      cut_at: Column<string | null>
    }
    'practice.sheets': {
      session_id: Column<string>
      round: Column<number>
      case_id: Column<string>
      marker_id: Column<string>
      rating: Column<number | null>
      words: Column<string>
      submitted_at: Column<string | null>
    }
    'practice.ticks': {
      session_id: Column<string>
      round: Column<number>
      case_id: Column<string>
      item_id: Column<string>
      ticked_at: Column<string>
    }
    'practice.wishes': {
      id: Column<string>
      person_id: Column<string>
      during: Column<string>
      minutes: Column<number>
      type: Column<'mock' | 'review'>
      format: Column<string | null>
      level: Column<'any' | 'student' | 'foundation' | 'core' | 'higher'>
      created_at: Column<string>
      looked_at: Column<string>
    }
  }
}
