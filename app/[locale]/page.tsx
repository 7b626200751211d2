export default function TodayPage() {
  return <p>Today</p>;
}
