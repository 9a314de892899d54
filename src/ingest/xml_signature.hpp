#pragma once

#include "xml_signature_keys.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

// One signed document: what it says of its signature, and whether a key made it.

namespace tocsin::ingest::signature {

enum class Outcome : unsigned char {
    good,
    wrongDigest,    ///< the document is not what was signed
    wrongSignature, ///< what was signed is not signed by this key
};

/// A document with one enveloped signature of the whole of it, by one reference and none but harmless transforms.
/// Not thread safe; make one where it is needed.
class SignedDocument {
  public:
    SignedDocument();
    ~SignedDocument();
    SignedDocument(const SignedDocument&) = delete;
    SignedDocument& operator=(const SignedDocument&) = delete;

    /// Reads it; what is wrong with its form or with what the signature covers, or nothing. Asked first, and once.
    /// `withoutBlanks`: the blanks between elements, which say nothing, are left out, as some signers do.
    [[nodiscard]] std::optional<std::string> read(std::string_view utf8, bool withoutBlanks = false);

    [[nodiscard]] const std::vector<Certificate>& certificates() const { return m_certificates; } ///< the signer's first
    [[nodiscard]] const Key& bareKey() const { return m_bareKey; } ///< of a <KeyValue>; may be null
    [[nodiscard]] bool usesSha1() const { return m_sha1; }
    /// Nothing that a signature can name is fetched, and no key but this is used.
    [[nodiscard]] Outcome verify(const EVP_PKEY& key) const;

  private:
    struct Tree;
    std::optional<std::string> readReference(void* reference);
    void readKeys(void* keyInfo);

    std::unique_ptr<Tree> m_tree;
    std::vector<Certificate> m_certificates;
    Key m_bareKey;
    bool m_sha1{false};
};

} // namespace tocsin::ingest::signature
