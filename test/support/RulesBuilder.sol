// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Rules} from "../../contracts/types/Rules.sol";

/// @notice The small numbers of a deal's terms by name, low to high as `Rules` packs them.
struct Numbers {
    uint16 operatorFeeBps;
    uint16 arbiterFeeBps;
    uint16 silentAwardBps;
    uint16 depositBps;
    uint32 fundingSeconds;
    uint32 shipSeconds;
    uint32 deliverySeconds;
    uint32 inspectionSeconds;
    uint32 rulingSeconds;
}

/// @notice Packs and unpacks `Rules` without the contracts' own functions, and changes one number at a time.
library RulesBuilder {
    function pack(Numbers memory n) internal pure returns (Rules) {
        bytes memory shares =
            abi.encodePacked(n.depositBps, n.silentAwardBps, n.arbiterFeeBps, n.operatorFeeBps);
        bytes memory windows = abi.encodePacked(
            n.rulingSeconds, n.inspectionSeconds, n.deliverySeconds, n.shipSeconds, n.fundingSeconds
        );
        return Rules.wrap(uint256(bytes32(abi.encodePacked(uint32(0), windows, shares))));
    }

    function unpack(Rules rules) internal pure returns (Numbers memory n) {
        uint256 word = Rules.unwrap(rules);
        n.operatorFeeBps = uint16(word);
        n.arbiterFeeBps = uint16(word >> 16);
        n.silentAwardBps = uint16(word >> 32);
        n.depositBps = uint16(word >> 48);
        n.fundingSeconds = uint32(word >> 64);
        n.shipSeconds = uint32(word >> 96);
        n.deliverySeconds = uint32(word >> 128);
        n.inspectionSeconds = uint32(word >> 160);
        n.rulingSeconds = uint32(word >> 192);
    }

    function withOperatorFee(Rules rules, uint16 bps) internal pure returns (Rules) {
        return _with(rules, 0, 16, bps);
    }

    function withArbiterFee(Rules rules, uint16 bps) internal pure returns (Rules) {
        return _with(rules, 16, 16, bps);
    }

    function withSilentAward(Rules rules, uint16 bps) internal pure returns (Rules) {
        return _with(rules, 32, 16, bps);
    }

    function withDeposit(Rules rules, uint16 bps) internal pure returns (Rules) {
        return _with(rules, 48, 16, bps);
    }

    function withFunding(Rules rules, uint32 window) internal pure returns (Rules) {
        return _with(rules, 64, 32, window);
    }

    function withShip(Rules rules, uint32 window) internal pure returns (Rules) {
        return _with(rules, 96, 32, window);
    }

    function withDelivery(Rules rules, uint32 window) internal pure returns (Rules) {
        return _with(rules, 128, 32, window);
    }

    function withInspection(Rules rules, uint32 window) internal pure returns (Rules) {
        return _with(rules, 160, 32, window);
    }

    function withRuling(Rules rules, uint32 window) internal pure returns (Rules) {
        return _with(rules, 192, 32, window);
    }

    function _with(Rules rules, uint256 shift, uint256 bits, uint256 value) private pure returns (Rules) {
        uint256 mask = ((1 << bits) - 1) << shift;
        return Rules.wrap((Rules.unwrap(rules) & ~mask) | (value << shift));
    }
}
