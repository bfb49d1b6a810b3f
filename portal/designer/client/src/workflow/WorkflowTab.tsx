export default function WorkflowTab() { return null; }
