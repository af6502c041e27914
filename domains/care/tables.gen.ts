// Printed from the database and its privileges by `npm run types`. Not to be edited.
import type { Column } from '#platform/database/roles.ts'

declare module '#platform/database/roles.ts' {
  interface AuthenticatedTables {
    'care.conversations': {
      id: Column<number>
      patient_id: Column<string>
      doctor_id: Column<string>
      created_at: Column<string>
      last_message_at: Column<string | null>
      last_seq: Column<number>
    }
    'care.health_aggregated': {
      id: Column<number>
      metric_name: Column<string>
      timestamp: Column<string>
      value: Column<number>
      units: Column<string | null>
      email: Column<string>
      user_id: Column<string>
      source: Column<string | null>
      zone_offset: Column<number>
      statistics: Column<unknown | null>
    }
    'care.health_realtime': {
      id: Column<number>
      metric_name: Column<string>
      timestamp: Column<string>
      value: Column<number>
      source: Column<string | null>
      email: Column<string>
      user_id: Column<string>
      zone_offset: Column<number>
      statistics: Column<unknown | null>
    }
    'care.link_events': {
      id: Column<number>
      link_id: Column<number>
      step: Column<'asked' | 'accepted' | 'declined' | 'taken_back' | 'ended' | 'blocked' | 'unblocked'>
      actor_id: Column<string | null>
      at: Column<string>
    }
    'care.message_attachments': {
      id: Column<number>
      message_id: Column<number>
      file_name: Column<string | null>
      mime_type: Column<string | null>
      file_size: Column<number | null>
      created_at: Column<string>
      conversation_id: Column<number>
      file_id: Column<string>
      removed_at: Column<string | null>
    }
    'care.messages': {
      id: Column<number>
      conversation_id: Column<number>
      sender_id: Column<string>
      body: Column<string | null>
      message_type: Column<'text' | 'file' | 'mixed' | 'system'>
      created_at: Column<string>
      client_id: Column<string>
      seq: Column<number>
      edited_at: Column<string | null>
      deleted_at: Column<string | null>
    }
    'care.patient_doctor_links': {
      id: Column<number>
      patient_id: Column<string>
      doctor_id: Column<string>
      status: Column<'requested' | 'active' | 'ended' | 'blocked'>
      created_at: Column<string>
      updated_at: Column<string>
      ended_at: Column<string | null>
    }
    'care.profiles': {
      id: Column<string, string>
      full_name: Column<string, string, string>
      phone: Column<string | null, string | null | undefined, string | null>
      address: Column<string | null, string | null | undefined, string | null>
      country: Column<string | null, string | null | undefined, string | null>
      role: Column<'patient' | 'doctor', 'patient' | 'doctor' | undefined>
      license_number: Column<string | null, string | null | undefined, string | null>
      certification: Column<string | null, string | null | undefined, string | null>
      is_verified: Column<boolean | null>
      created_at: Column<string | null>
      updated_at: Column<string | null>
      listed: Column<boolean, boolean | undefined, boolean>
    }
    'care.read_marks': {
      person_id: Column<string>
      conversation_id: Column<number>
      seq: Column<number>
      read_at: Column<string>
    }
    'care.verification_requests': {
      id: Column<number>
      doctor_id: Column<string>
      full_name: Column<string>
      license_number: Column<string>
      register: Column<string>
      certification: Column<string | null>
      evidence_file_id: Column<string | null>
      status: Column<'waiting' | 'approved' | 'rejected' | 'withdrawn' | 'ended'>
      asked_at: Column<string>
      reviewed_at: Column<string | null>
      answer: Column<string | null>
      expires_at: Column<string | null>
      ended_at: Column<string | null>
    }
    'care.video_calls': {
      id: Column<number>
      conversation_id: Column<number>
      provider: Column<'builtin' | 'daily' | 'jitsi' | 'livekit'>
      started_by: Column<string>
      status: Column<'scheduled' | 'ringing' | 'active' | 'ended' | 'missed' | 'canceled' | 'failed'>
      scheduled_for: Column<string | null>
      started_at: Column<string | null>
      ended_at: Column<string | null>
      recording_enabled: Column<boolean>
      created_at: Column<string>
      updated_at: Column<string>
      meeting_id: Column<string | null>
    }
  }
  interface ServiceTables {
    'care.conversations': {
      id: Column<number>
      patient_id: Column<string>
      doctor_id: Column<string>
      created_at: Column<string>
      last_message_at: Column<string | null>
      last_seq: Column<number>
    }
    'care.health_aggregated': {
      id: Column<number>
      metric_name: Column<string>
      timestamp: Column<string>
      value: Column<number>
      units: Column<string | null>
      email: Column<string>
      user_id: Column<string>
      source: Column<string | null>
      zone_offset: Column<number>
      statistics: Column<unknown | null>
    }
    'care.health_realtime': {
      id: Column<number>
      metric_name: Column<string>
      timestamp: Column<string>
      value: Column<number>
      source: Column<string | null>
      email: Column<string>
      user_id: Column<string>
      zone_offset: Column<number>
      statistics: Column<unknown | null>
    }
    'care.link_events': {
      id: Column<number>
      link_id: Column<number>
      step: Column<'asked' | 'accepted' | 'declined' | 'taken_back' | 'ended' | 'blocked' | 'unblocked'>
      actor_id: Column<string | null>
      at: Column<string>
    }
    'care.message_attachments': {
      id: Column<number>
      message_id: Column<number>
      bucket: Column<string>
      object_path: Column<string>
      file_name: Column<string | null>
      mime_type: Column<string | null>
      file_size: Column<number | null>
      created_at: Column<string>
      conversation_id: Column<number>
      file_id: Column<string>
      removed_at: Column<string | null>
    }
    'care.message_versions': {
      message_id: Column<number>
      version: Column<number>
      body: Column<string>
      replaced_at: Column<string>
    }
    'care.messages': {
      id: Column<number>
      conversation_id: Column<number>
      sender_id: Column<string>
      body: Column<string | null>
      message_type: Column<'text' | 'file' | 'mixed' | 'system'>
      created_at: Column<string>
      client_id: Column<string>
      seq: Column<number>
      edited_at: Column<string | null>
      deleted_at: Column<string | null>
    }
    'care.patient_doctor_links': {
      id: Column<number>
      patient_id: Column<string>
      doctor_id: Column<string>
      status: Column<'requested' | 'active' | 'ended' | 'blocked'>
      created_at: Column<string>
      updated_at: Column<string>
      ended_at: Column<string | null>
    }
    'care.profiles': {
      id: Column<string>
      full_name: Column<string>
      phone: Column<string | null>
      address: Column<string | null>
      country: Column<string | null>
      role: Column<'patient' | 'doctor'>
      license_number: Column<string | null>
      certification: Column<string | null>
      is_verified: Column<boolean | null>
      created_at: Column<string | null>
      updated_at: Column<string | null>
      listed: Column<boolean>
    }
    'care.read_marks': {
      person_id: Column<string>
      conversation_id: Column<number>
      seq: Column<number>
      read_at: Column<string>
    }
    'care.verification_requests': {
      id: Column<number>
      doctor_id: Column<string>
      full_name: Column<string>
      license_number: Column<string>
      register: Column<string>
      certification: Column<string | null>
      evidence_file_id: Column<string | null>
      status: Column<'waiting' | 'approved' | 'rejected' | 'withdrawn' | 'ended'>
      asked_at: Column<string>
      evidence: Column<string | null>
      reviewed_by: Column<string | null>
      reviewed_at: Column<string | null>
      answer: Column<string | null>
      expires_at: Column<string | null>
      ended_at: Column<string | null>
    }
    'care.video_calls': {
      id: Column<number>
      conversation_id: Column<number>
      provider: Column<'builtin' | 'daily' | 'jitsi' | 'livekit'>
      room_name: Column<string>
      room_url: Column<string | null>
      started_by: Column<string>
      status: Column<'scheduled' | 'ringing' | 'active' | 'ended' | 'missed' | 'canceled' | 'failed'>
      scheduled_for: Column<string | null>
      started_at: Column<string | null>
      ended_at: Column<string | null>
      recording_enabled: Column<boolean>
      recording_url: Column<string | null>
      created_at: Column<string>
      updated_at: Column<string>
      meeting_id: Column<string | null>
    }
  }
}
