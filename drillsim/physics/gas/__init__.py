"""Gas: releases, clouds, plumes, substances, toxicity."""
