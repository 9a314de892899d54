#include "tocsin/county/window_words.hpp"

#include "tocsin/base/toml.hpp"

#include <sstream>

namespace tocsin::county {

base::Result<WindowWords> windowWords(std::string_view toml) {
    auto root = base::parseToml(toml);
    if (!root)
        return tl::unexpected(root.error());
    std::ostringstream typing;
    for (const char* section : {"capabilities", "gbt"}) {
        if (const auto* table = root->get_as<toml::table>(section))
            typing << '[' << section << "]\n" << *table << '\n';
        root->erase(section);
    }
    for (const char* section : {"feed", "watch", "listen", "open311", "readings"})
        root->erase(section);
    std::ostringstream general;
    general << *root;
    return WindowWords{general.str(), typing.str()};
}

} // namespace tocsin::county
