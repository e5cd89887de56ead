import Architectures
import Compiler
import LSRL
import Properties
import PropertyTesting
import Testing
import Verification

/// Compilers that refuse what they could express: every other claim would let them pass.
@Suite("Wrong refusals are refuted")
struct WrongRefusalTests {
  private static func compilers(
    refusing reason: LoweringRefusal.Reason,
    where isRefused: @escaping @Sendable (LSRL.Operation) -> Bool
  ) -> Compilers {
    let ours = Compilers.standard()
    return Compilers(
      rules: ours.rules, lean: ours.lean,
      lower: { path, architecture, ranges in
        let lowered = ours.lower(path, architecture, ranges)
        guard case .success = lowered,
          let step = path.steps.firstIndex(where: { isRefused($0.operation) })
        else { return lowered }
        return .failure(LoweringRefusal(reason, by: architecture, at: step, of: path))
      })
  }

  private func finding(
    on architecture: Architecture, by compilers: Compilers
  ) async -> String? {
    let property = Property.refusalsAreJustified(on: [architecture], by: compilers)
    return await Search(trials: 1000, seed: 5, workers: 1).run(property).finding?.kind
  }

  @Test(
    "A state refused though the architecture can compute it",
    arguments: [.mamba, .hawk, .griffin, .hawkDense, .gru] as [Architecture])
  func states(architecture: Architecture) async {
    let obstacle = StateObstacle(coordinates: [0], kind: .negativeEigenvalue(nil))
    let compilers = Self.compilers(refusing: .stateMatrix([obstacle])) { operation in
      if case .linState = operation { return true }
      return false
    }
    #expect(
      await finding(on: architecture, by: compilers)
        == "\(architecture.rawValue) refuses wrongly")
  }

  @Test(
    "A product refused by an architecture that multiplies",
    arguments: [.hawk, .mamba, .lstm, .gatedRNN] as [Architecture])
  func products(architecture: Architecture) async {
    let compilers = Self.compilers(refusing: .multiplication) { $0 == .multiply }
    #expect(
      await finding(on: architecture, by: compilers)
        == "\(architecture.rawValue) refuses wrongly")
  }

  @Test("An obstacle outside of the state, and a refusal of a step that is something else")
  func nonsense() async {
    let outside = StateObstacle(coordinates: [1_000], kind: .complexEigenvalues)
    let states = Self.compilers(refusing: .stateMatrix([outside])) { operation in
      if case .linState = operation { return true }
      return false
    }
    #expect(await finding(on: .hawk, by: states) == "hawk refuses wrongly")
    let relus = Self.compilers(refusing: .multiplication) { $0 == .relu }
    #expect(await finding(on: .rnn, by: relus) == "rnn refuses wrongly")
  }
}
