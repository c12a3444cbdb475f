// Only enhances: every page works without it.
import { closeMenus } from "./menus.js";
import { offerCopying } from "./copy.js";
import { proposePrefix } from "./prefix.js";
import { followProgress } from "./follow.js";
import { generatePasswords } from "./generate.js";
import { hideReplaced } from "./instead.js";
import { sendOnce } from "./once.js";
import { fillLinkKey } from "./linkkey.js";
import { offerPasskeys } from "./passkeys.js";
import { offerPrinting } from "./print.js";
import { searchByKey } from "./search.js";
import { showCurrent } from "./strips.js";

closeMenus();
offerCopying();
proposePrefix();
followProgress();
generatePasswords();
hideReplaced();
sendOnce();
fillLinkKey();
offerPasskeys();
offerPrinting();
searchByKey();
showCurrent();
