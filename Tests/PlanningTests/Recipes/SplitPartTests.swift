import Testing

@Suite("Parts of texts")
struct SplitPartTests {
    @Test("split_part gives a part by its number, and nothing where there is none")
    func parts() async throws {
        let bench = try await Bench(
            rows: [
                """
                create table source.releases as select * from (values
                  ('v2.10.3'), ('0.59'), ('a..c'), (''), (null)) t(tag)
                """
            ],
            sources: """
                source: releases
                is: One row per release.
                ---
                source: made
                is: Made.
                from:
                  rows: releases
                  add:
                    minor: "split_part(tag, '.', 2)"
                    patch: "coalesce(split_part(tag, '.', 3), '0')"
                """)

        #expect(
            try await bench.rows("made", order: "tag") == [
                " - 0", "0.59 59 0", "a..c - c", "v2.10.3 10 3", "- - 0",
            ])
    }
}
