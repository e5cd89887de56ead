import Compiler
import LSRL
import Properties
import PropertyTesting
import Testing
import Verification

/// A ladder never gets to 64 terms among small random programs; so names are given early here.
@Suite("Long sums that are named on the way to a lean path")
struct NamedSumsTests {
  @Test("preserve meaning however early they are named", arguments: [1, 2, 5])
  func meaning(longestForm: Int) async {
    var compilers = Compilers.standard()
    compilers.lean = { program in
      program.graph.leanPath(inputRanges: program.inputRanges, longestForm: longestForm)
    }
    let result = await Search(trials: 150, seed: 7, workers: 2)
      .run(.compilersAgree(by: compilers))
    #expect(result.finding == nil)
    #expect(result.undecided.isEmpty)
  }
}
