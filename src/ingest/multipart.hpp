#pragma once

#include "tocsin/base/result.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace tocsin::ingest {

/// One field or file of a form.
struct FormPart {
    std::string name;
    std::string fileName;    ///< as sent, for messages only
    std::string contentType; ///< lower case, without parameters; empty if the part says none
    bool isFile{false};      ///< it has a file name, be it an empty one
    std::string_view body;   ///< in the form's bytes
};

/// The boundary of a multipart content type; empty if it names none or one that RFC 2046 does not allow.
[[nodiscard]] std::string multipartBoundary(std::string_view contentType);

/// Takes multipart/form-data (RFC 7578) apart: at most 100 parts with 8 KiB of headers each. A fault names its byte.
[[nodiscard]] base::Result<std::vector<FormPart>> parseMultipart(std::string_view body, std::string_view boundary);

} // namespace tocsin::ingest
