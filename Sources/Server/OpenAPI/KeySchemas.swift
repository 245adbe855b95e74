/// The shapes of write keys.
enum KeySchemas {
    static let components: KeyValuePairs<String, Schema> = [
        "WriteKeys": .object(["keys": .list(.named("WriteKey"))]),
        "WriteKey": .object([
            "id": .integer, "label": .text, "source": .text,
            "origins": .list(.text).described("The sites whose pages may use it; none means any."),
            "site": .text.orNull.described("Plausible's domain or Umami's website."),
            "hint": .text.described("The first characters of the key."),
            "made": .text, "revoked": .text.orNull,
        ]),
        "WriteKeyWish": .object(
            ["source": .text],
            optional: [
                "label": .text, "site": .text,
                "origins": .text.described("Sites such as https://shop.example.com, by spaces."),
            ]),
        "NewWriteKey": .object([
            "key": .text.described("The key, which is shown this once."),
            "about": .named("WriteKey"),
        ]),
    ]
}
