import Architectures
import Testing

@Suite("Architectures")
struct ArchitectureTests {
  @Test("Their names on the command line stay what they are")
  func names() {
    #expect(
      Architecture.allCases.map(\.rawValue) == [
        "linear-rnn",
        "gated-linear-rnn",
        "rnn",
        "gated-rnn",
        "lstm",
        "gru",
        "gru-reset-after",
        "mamba",
        "hawk",
        "hawk-dense",
        "griffin",
      ])
  }

  @Test("Each says what it is called, where it comes from and what it can express")
  func descriptions() {
    for texts in [\Architecture.title, \.source, \.expresses] {
      let found = Set(Architecture.allCases.map { $0[keyPath: texts] })
      #expect(found.count == Architecture.allCases.count && !found.contains(""))
    }
  }
}
