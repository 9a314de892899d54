# All resources/translations/*_zh_CN.ts become one tocsin_zh_CN.qm inside the window's library, at :/i18n.
# tocsin_translations(TARGET)
function(tocsin_translations TARGET)
    get_target_property(type ${TARGET} TYPE)
    file(GLOB files CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/resources/translations/*_zh_CN.ts")
    if(type STREQUAL "INTERFACE_LIBRARY" OR NOT files)
        return()
    endif()
    set(folder "${CMAKE_BINARY_DIR}/i18n")
    file(MAKE_DIRECTORY "${folder}")
    file(CONFIGURE OUTPUT "${folder}/tocsin_i18n.qrc" CONTENT
         "<RCC><qresource prefix=\"/i18n\"><file>tocsin_zh_CN.qm</file></qresource></RCC>\n")
    add_custom_command(OUTPUT "${folder}/tocsin_zh_CN.qm"
                       COMMAND Qt6::lrelease -silent -nounfinished ${files} -qm "${folder}/tocsin_zh_CN.qm"
                       DEPENDS ${files} VERBATIM)
    add_custom_command(OUTPUT "${folder}/qrc_tocsin_i18n.cpp"
                       COMMAND Qt6::rcc --name tocsin_i18n -o "${folder}/qrc_tocsin_i18n.cpp"
                               "${folder}/tocsin_i18n.qrc"
                       DEPENDS "${folder}/tocsin_zh_CN.qm" "${folder}/tocsin_i18n.qrc" VERBATIM)
    set_source_files_properties("${folder}/qrc_tocsin_i18n.cpp" PROPERTIES SKIP_AUTOGEN ON)
    target_sources(${TARGET} PRIVATE "${folder}/qrc_tocsin_i18n.cpp")
    target_compile_definitions(${TARGET} PRIVATE TOCSIN_HAVE_TRANSLATIONS)
endfunction()
