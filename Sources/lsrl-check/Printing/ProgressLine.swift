import Synchronization

/// One line on the terminal that says how far a long piece of work is, how fast it goes and how
/// long it will take. Nothing where standard error is no terminal.
final class ProgressLine: Sendable {
  private struct State {
    var lastShown: ContinuousClock.Instant?
    var isShown = false
  }

  private let total: Int
  private let unit: String
  private let start = ContinuousClock.now
  private let isEnabled = StandardError.isTerminal
  private let state = Mutex(State())

  init(total: Int, unit: String) {
    self.total = total
    self.unit = unit
  }

  func update(_ done: Int) {
    guard isEnabled else { return }
    state.withLock { state in
      let now = ContinuousClock.now
      if let last = state.lastShown, now - last < .milliseconds(200), done < total { return }
      state.lastShown = now
      state.isShown = true
      let seconds = (now - start) / .seconds(1)
      let rate = seconds > 0 ? Double(done) / seconds : 0
      let remaining = rate > 0 ? Double(total - done) / rate : 0
      StandardError.write(
        "\r\u{1B}[K\(done.grouped) of \(total.grouped) \(unit)  \(Int(rate).grouped)/s  "
          + "\(Int(remaining.rounded(.up)))s left")
    }
  }

  /// Takes the line away.
  func finish() {
    state.withLock { state in
      if state.isShown { StandardError.write("\r\u{1B}[K") }
      state.isShown = false
    }
  }
}

extension Int {
  /// 12,345
  var grouped: String {
    let digits = String(magnitude)
    let groups = stride(from: digits.count, to: 0, by: -3).reversed().map { end in
      digits.dropFirst(Swift.max(0, end - 3)).prefix(end - Swift.max(0, end - 3))
    }
    return (self < 0 ? "-" : "") + groups.joined(separator: ",")
  }
}
