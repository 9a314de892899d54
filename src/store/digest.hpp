#pragma once

#include "tocsin/base/sha256.hpp"

#include <memory>
#include <openssl/evp.h>
#include <stdexcept>
#include <string_view>

namespace tocsin::store {

/// SHA-256 of bytes that come in pieces.
class RunningDigest {
  public:
    RunningDigest() : m_context(EVP_MD_CTX_new(), &EVP_MD_CTX_free) {
        if (!m_context || EVP_DigestInit_ex(m_context.get(), EVP_sha256(), nullptr) != 1)
            throw std::runtime_error("SHA-256 is not available");
    }
    void add(std::string_view bytes) { EVP_DigestUpdate(m_context.get(), bytes.data(), bytes.size()); }
    [[nodiscard]] base::Digest finish() {
        base::Digest out{};
        unsigned int size = 0;
        EVP_DigestFinal_ex(m_context.get(), out.data(), &size);
        return out;
    }

  private:
    std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> m_context;
};

} // namespace tocsin::store
