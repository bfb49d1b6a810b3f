export default function Certificates() { return null; }
