// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Split} from "../../contracts/libraries/Split.sol";
import {vm} from "../support/Vm.sol";

/// @notice The amounts that TypeScript shows beforehand are the amounts that the contract pays.
contract GoldenAmounts {
    string private _json;
    uint256[] private _remaining;
    uint256[] private _released;
    uint256[] private _operatorBps;

    function setUp() public {
        _json = vm.readFile("protocol/golden/amounts.json");
        _remaining = _column("remaining");
        _released = _column("released");
        _operatorBps = _column("operatorFeeBps");
    }

    function test_RemainingIsThePriceLessWhatMoved() public view {
        uint256[] memory price = _column("price");
        uint256[] memory refunded = _column("refunded");
        for (uint256 i = 0; i < price.length; ++i) {
            vm.assertEq(price[i] - _released[i] - refunded[i], _remaining[i], "remaining");
        }
    }

    function test_Releases() public view {
        uint256[] memory part = _column("part");
        _compare(part, "releaseFee", "releaseToSeller");
    }

    function test_Settlements() public view {
        uint256[] memory gross = _less(_remaining, _column("settleToBuyer"));
        uint256[] memory fees = _column("settleFee");
        uint256[] memory nets = _column("settleToSeller");
        for (uint256 i = 0; i < fees.length; ++i) {
            // As the deal's slot keeps it, which is what the fee is reckoned on.
            uint256 kept =
                _remaining[i] == 0 ? 0 : Split.unquantized(Split.quantized(gross[i], _remaining[i]), _remaining[i]);
            (uint256 fee,) = Split.feeOnRelease(_released[i], kept, _operatorBps[i]);
            vm.assertEq(fee, fees[i], "settleFee");
            vm.assertEq(gross[i] - fee, nets[i], "settleToSeller");
        }
    }

    function test_Rulings() public view {
        uint256[] memory arbiterBps = _column("arbiterFeeBps");
        uint256[] memory arbiterFee = _column("ruleArbiterFee");
        _compareAwards(arbiterBps, arbiterFee, "ruleToBuyer", "ruleFee", "ruleToSeller");
    }

    function test_DefaultAwards() public view {
        uint256[] memory none = new uint256[](_remaining.length);
        _compareAwards(none, none, "defaultToBuyer", "defaultFee", "defaultToSeller");
    }

    function _compareAwards(
        uint256[] memory arbiterBps,
        uint256[] memory arbiterFee,
        string memory toBuyerKey,
        string memory feeKey,
        string memory toSellerKey
    ) private view {
        uint256[] memory share = _column("buyerBps");
        uint256[] memory toBuyer = _column(toBuyerKey);
        uint256[] memory gross = new uint256[](share.length);
        for (uint256 i = 0; i < share.length; ++i) {
            (uint256 fee, uint256 buyers, uint256 rest) = Split.byRuling(_remaining[i], arbiterBps[i], share[i]);
            vm.assertEq(fee, arbiterFee[i], "arbiter's fee");
            vm.assertEq(buyers, toBuyer[i], toBuyerKey);
            gross[i] = rest;
        }
        _compare(gross, feeKey, toSellerKey);
    }

    function _compare(uint256[] memory gross, string memory feeKey, string memory netKey) private view {
        uint256[] memory fees = _column(feeKey);
        uint256[] memory nets = _column(netKey);
        vm.assertGe(fees.length, 60, "vectors");
        for (uint256 i = 0; i < fees.length; ++i) {
            (uint256 fee,) = Split.feeOnRelease(_released[i], gross[i], _operatorBps[i]);
            vm.assertEq(fee, fees[i], feeKey);
            vm.assertEq(gross[i] - fee, nets[i], netKey);
        }
    }

    function _less(uint256[] memory whole, uint256[] memory part) private pure returns (uint256[] memory rest) {
        rest = new uint256[](whole.length);
        for (uint256 i = 0; i < whole.length; ++i) {
            rest[i] = whole[i] - part[i];
        }
    }

    function _column(string memory name) private view returns (uint256[] memory) {
        return vm.parseJsonUintArray(_json, string.concat(".", name));
    }
}
