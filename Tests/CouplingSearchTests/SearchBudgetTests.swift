import Certificates
import Compiler
import LSRL
import Testing

@testable import CouplingSearch

@Suite("Searches that may do so much work")
struct SearchBudgetTests {
  static func search(_ budget: SearchBudget?) throws -> CouplingSearch {
    let text = CouplingSearchTests.programs["has the same state twice"] ?? ""
    let program = try CouplingSearchTests.program(text)
    var search = CouplingSearch(
      source: CellProgram(program.graph), target: CellProgram(program.leanPath),
      inputBounds: program.inputRanges)
    search.budget = budget
    return search
  }

  @Test("Nothing is tried when all is spent; enough changes nothing")
  func limits() throws {
    guard case .found(let certificate) = try Self.search(nil).run() else {
      Issue.record("nothing is found without a limit")
      return
    }
    guard case .notFound(let reason) = try Self.search(SearchBudget(products: 0)).run() else {
      Issue.record("something is found without any work")
      return
    }
    #expect(reason == "the search has done all the work that it may")
    let budget = SearchBudget(products: 1_000_000)
    guard case .found(let second) = try Self.search(budget).run() else {
      Issue.record("nothing is found with a million products")
      return
    }
    #expect(second == certificate)
    #expect(!budget.isSpent)
  }

  @Test("Work is counted: a budget for several searches runs out")
  func counts() throws {
    let budget = SearchBudget(products: 5_000)
    var searches = 0
    while !budget.isSpent, searches < 1_000 {
      _ = try Self.search(budget).run()
      searches += 1
    }
    #expect(budget.isSpent)
    #expect(searches > 0)
  }
}
