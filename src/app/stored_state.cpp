#include "app/stored_state.hpp"

#include "tocsin/store/store.hpp"

#include <filesystem>
#include <system_error>
#include <utility>

namespace tocsin::app {

base::Result<model::State> storedState(const county::CountyFolder& folder) {
    std::error_code ec;
    if (!std::filesystem::exists(folder.database(), ec))
        return base::fail(base::Code::notFound,
                          "there is no county in " + folder.root.string() + ": make one with 'tocsin init' first");
    auto store = store::Store::open(folder.database(), store::Access::readOnly);
    if (!store)
        return tl::unexpected(store.error());
    return (*store)->loadState();
}

base::Result<ImportTarget> importTarget(const county::CountyFolder& folder, bool dryRun) {
    ImportTarget target;
    if (dryRun) {
        auto read = storedState(folder);
        if (!read)
            return tl::unexpected(read.error());
        target.state = std::move(*read);
        return target;
    }
    auto opened = openCounty(folder.root, Wish::write);
    if (!opened)
        return tl::unexpected(opened.error());
    target.session = std::move(*opened);
    target.state = target.session->desk->snapshot().state;
    return target;
}

} // namespace tocsin::app
