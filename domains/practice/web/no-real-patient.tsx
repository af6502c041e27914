import './no-real-patient.css'

/** Stands wherever people type about a case. */
export const NoRealPatient = () => <p className="no-real-patient">Never enter details of a real patient.</p>
