#pragma once

#include "tocsin/base/result.hpp"
#include "tocsin/base/time.hpp"
#include "tocsin/model/aid_request.hpp"
#include "tocsin/model/position.hpp"

#include <optional>
#include <string>

namespace tocsin::ingest {

/// What a request for mutual aid says beside itself.
struct AidMessage {
    model::AidRequest request;
    std::string county;         ///< who asks
    std::string contact;        ///< a person there
    std::string incidentNumber; ///< "2026-0147"
    std::string incidentTitle;
    std::string place; ///< where it is to arrive
    std::optional<model::Position> position;
    base::Time sent;
    bool exercise{false};
};

/// A RequestResource message of OASIS EDXL-RM 1.0 (EDXL-RM-1.0-os, 3.4.1), UTF-8: elements and order of its schema. Code::malformed if nothing is
/// asked for or a text cannot stand in XML. Pure; any thread.
[[nodiscard]] base::Result<std::string> encodeRequestResource(const AidMessage& message);

} // namespace tocsin::ingest
